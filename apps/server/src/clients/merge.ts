import { isClosed, later, OrderStatus, topicName } from '@almenara/events';
import type { CommandHandler } from '../commands/handler.ts';
import type { Tx } from '../database/client.ts';
import { revised } from '../domain/order.ts';
import { conflict, invalid } from '../errors.ts';
import { toClient } from '../unit/client-rows.ts';
import { Contention } from '../unit/rows.ts';
import { blankToNull } from './blank.ts';
import { lockClients, requireAt } from './locked.ts';

/** Each becomes an event with the whole order: more would hold the topic's lock for too long. */
const MOST_OPEN = 500;
const OPEN = OrderStatus.options.filter((status) => !isClosed(status));

/**
 * Makes two clients one. Only open orders move: closed ones and returns are history, and stay with the client they
 * were made for, as the name on them does. So the work is bounded, whatever a client has bought in its life, and what
 * a snapshot holds is what its events say. Orders are locked before clients.
 */
export const mergeClients: CommandHandler<'merge_clients'> = async (tx, input) => {
  const { clientId, duplicateId } = input;
  if (clientId === duplicateId) throw invalid('A client cannot be merged with itself.', 'duplicateId');
  const openIds = await openOrderIds(tx.db, duplicateId);
  if (openIds.length > MOST_OPEN) {
    throw conflict(
      `The duplicate has more than ${MOST_OPEN} open orders. Keep that one, or close some first.`,
    );
  }
  const work = await tx.hold({ orders: openIds });
  await lockClients(tx.db, [clientId, duplicateId]);
  const kept = await requireAt(tx.db, clientId, input.expectedVersion);
  const duplicate = await requireAt(tx.db, duplicateId, input.duplicateVersion);
  if (kept.archived) throw conflict(`${kept.name} is archived.`, { client: kept });
  if (duplicate.mergedInto !== null)
    throw conflict(`${duplicate.name} was merged already.`, { client: duplicate });
  // Under the lock on the client no order comes: one that came before it has not been locked.
  const orders = (await openOrderIds(tx.db, duplicateId)).map((id) => {
    if (!work.unit.orders.isHeld(id)) throw new Contention('An order was placed meanwhile.');
    return work.unit.orders.find(id);
  });

  const merged = toClient(
    await tx.db.client.update({
      where: { id: duplicateId },
      data: {
        archived: true,
        mergedInto: clientId,
        version: { increment: 1 },
        updatedAt: later(tx.now.toISOString(), duplicate.updatedAt),
      },
    }),
  );
  const choose = (field: 'email' | 'phone' | 'country' | 'notes'): string | null =>
    input[field] === undefined ? (kept[field] ?? duplicate[field]) : blankToNull(input[field]);
  const client = toClient(
    await tx.db.client.update({
      where: { id: clientId },
      data: {
        name: input.name ?? kept.name,
        email: choose('email'),
        phone: choose('phone'),
        country: choose('country'),
        notes: choose('notes'),
        version: { increment: 1 },
        updatedAt: later(tx.now.toISOString(), kept.updatedAt),
      },
    }),
  );
  tx.record('client_merged', topicName('clients'), { client, merged });
  for (const before of orders) {
    if (!before) continue;
    const order = work.unit.orders.put(revised(before, tx.now, { clientId, clientName: client.name }));
    tx.record('order_updated', topicName('orders'), { order });
  }
  return { client, merged };
};

async function openOrderIds(db: Tx, clientId: string): Promise<string[]> {
  const rows = await db.order.findMany({
    where: { clientId, status: { in: OPEN } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: MOST_OPEN + 1,
  });
  return rows.map((row) => row.id);
}
