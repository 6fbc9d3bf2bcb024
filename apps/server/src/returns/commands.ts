import { type Order, type Return, topicName } from '@almenara/events';
import type { CommandHandlers, CommandTx } from '../commands/handler.ts';
import { heldBy } from '../domain/allocation.ts';
import { currentClientIds, holdClient } from '../domain/clients.ts';
import { findOrder } from '../domain/order.ts';
import { findProducts, requireZone } from '../domain/products.ts';
import { insertReturn, toReturn } from '../domain/returns.ts';
import { Stock } from '../domain/stock.ts';
import { fillWaiting, lockWaiting } from '../domain/waiting.ts';
import { conflict, notFound } from '../errors.ts';

export const returnCommandHandlers: Pick<CommandHandlers, 'record_return'> = {
  record_return: async (tx, input, actor) => {
    const productIds = input.lines.map((line) => line.productId);
    const own = input.orderId === undefined ? [] : [input.orderId];
    const locked = await lockWaiting(tx.db, productIds, own);
    const order = input.orderId === undefined ? null : await findOrder(tx.db, input.orderId);
    const client = await holdClient(tx.db, input.clientId);
    if (order) await requireReturnable(tx, order, client.id, input.lines);
    const products = await findProducts(tx.db, productIds);
    const zones = new Set(input.lines.flatMap(({ zone }) => (zone === undefined ? [] : [zone])));
    for (const zone of zones) await requireZone(tx.db, zone);

    const lines: Return['lines'] = [];
    for (const { productId, quantity, zone } of input.lines) {
      const product = products.get(productId);
      if (!product) throw notFound('product', productId);
      const sold = order?.lines.find((line) => line.productId === productId);
      lines.push({
        id: tx.newId(),
        productId,
        sku: product.sku,
        name: product.name,
        quantity,
        unitPrice: sold?.unitPrice ?? product.unitPrice,
        zone: product.stocked ? (zone ?? (await homeOf(tx, productId, order))) : null,
      });
    }

    const recorded: Return = {
      id: tx.newId(),
      reference: null,
      clientId: client.id,
      clientName: client.name,
      orderId: order?.id ?? null,
      lines,
      reason: input.reason ?? null,
      createdAt: tx.now.toISOString(),
    };
    await insertReturn(tx.db, recorded);
    const places = lines.flatMap(({ zone, productId, quantity }) =>
      zone === null ? [] : [{ place: { zone, productId }, quantity }],
    );
    const stock = await Stock.lock(
      tx,
      actor.userId,
      places.map(({ place }) => place.productId),
      places.map(({ place }) => place),
    );
    for (const { place, quantity } of places) {
      stock.move(place, {
        kind: 'return',
        onHand: quantity,
        returnId: recorded.id,
        orderId: recorded.orderId,
        reason: recorded.reason,
      });
    }
    tx.record('return_recorded', topicName('orders'), { return: recorded });
    await fillWaiting(
      tx,
      stock,
      locked,
      places.map(({ place }) => place.productId),
    );
    await stock.save();
    return { return: recorded };
  },
};

/** Nobody gives back what has not left, nor more of it than they got. The order is locked, so counts stay. */
async function requireReturnable(
  tx: CommandTx,
  order: Order,
  clientId: string,
  lines: readonly { productId: string; quantity: number }[],
): Promise<void> {
  const owners = await currentClientIds(tx.db, [order.clientId]);
  if (owners.get(order.clientId) !== clientId)
    throw conflict(`Order ${order.number} is another client’s.`, { order });
  if (order.status !== 'shipped' && order.status !== 'delivered') {
    throw conflict(`Order ${order.number} is ${order.status}: nothing of it has left.`, { order });
  }
  const before = (await tx.db.return.findMany({ where: { orderId: order.id } })).map(toReturn);
  const wanted = sumByProduct([...before.flatMap((earlier) => earlier.lines), ...lines]);
  const sent = sumByProduct(order.lines.map((line) => ({ ...line, quantity: line.quantity - line.short })));
  for (const [productId, quantity] of wanted) {
    if (!lines.some((line) => line.productId === productId)) continue;
    const most = sent.get(productId) ?? 0;
    if (quantity > most) {
      throw conflict(`Of this product ${most} were sent; with earlier returns it would be ${quantity}.`, {
        order,
      });
    }
  }
}

function sumByProduct(lines: readonly { productId: string; quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of lines) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return sums;
}

/** Where goods go back to: where the order took them from, else where most of them are, else the first zone. */
async function homeOf(tx: CommandTx, productId: string, order: Order | null): Promise<string> {
  const held = order && heldBy(order.lines).find((h) => h.productId === productId);
  if (held) return held.zone;
  const level = await tx.db.stockLevel.findFirst({
    where: { productId },
    orderBy: [{ onHand: 'desc' }, { zone: 'asc' }],
  });
  if (level) return level.zone;
  const zone = await tx.db.zone.findFirst({ orderBy: { code: 'asc' } });
  if (!zone) throw conflict('There is no zone to put the goods in. Create one first.');
  return zone.code;
}
