import { isClosed, OrderStatus, topicName } from '@almenara/events';
import type { CommandHandler } from '../commands/handler.ts';
import type { Tx } from '../database/client.ts';
import { Contention } from '../domain/contention.ts';
import { findOrders, lockOrders, revised, updateOrder } from '../domain/order.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { blankToNull } from './blank.ts';
import { toClient } from './queries.ts';

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
  await lockOrders(tx.db, openIds);
  await tx.db.$queryRaw`
    SELECT id FROM client WHERE id = ANY(${[clientId, duplicateId]}::uuid[]) ORDER BY id FOR UPDATE`;
  const kept = await requireAt(tx.db, clientId, input.expectedVersion);
  const duplicate = await requireAt(tx.db, duplicateId, input.duplicateVersion);
  if (kept.archived) throw conflict(`${kept.name} is archived.`, { client: kept });
  if (duplicate.mergedInto !== null)
    throw conflict(`${duplicate.name} was merged already.`, { client: duplicate });
  const orders = await findOrders(tx.db, {
    where: { clientId: duplicateId, status: { in: OPEN } },
    orderBy: { id: 'asc' },
  });
  // Under the lock on the client no order comes: one that came before it has not been locked.
  const locked = new Set(openIds);
  if (orders.some(({ id }) => !locked.has(id))) throw new Contention('An order was placed meanwhile.');

  const change = { version: { increment: 1 }, updatedAt: tx.now };
  const merged = toClient(
    await tx.db.client.update({
      where: { id: duplicateId },
      data: { archived: true, mergedInto: clientId, ...change },
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
        ...change,
      },
    }),
  );
  tx.record('client_merged', topicName('clients'), { client, merged });
  for (const before of orders) {
    const order = revised(before, tx.now, { clientId, clientName: client.name });
    await updateOrder(tx.db, order);
    tx.record('order_updated', topicName('orders'), { order });
  }
  return { client, merged };
};

async function openOrderIds(db: Tx, clientId: string): Promise<string[]> {
  const rows = await db.order.findMany({
    where: { clientId, status: { in: OPEN } },
    select: { id: true },
    take: MOST_OPEN + 1,
  });
  return rows.map((row) => row.id);
}

async function requireAt(db: Tx, id: string, expectedVersion: number | undefined) {
  const row = await db.client.findUnique({ where: { id } });
  if (!row) throw notFound('client', id);
  const client = toClient(row);
  if (expectedVersion !== undefined && client.version !== expectedVersion)
    throw conflict(`${client.name} was changed meanwhile: it is at version ${client.version}.`, { client });
  return client;
}
