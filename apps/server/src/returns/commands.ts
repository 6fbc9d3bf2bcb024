import { type Order, type Return, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { heldBy } from '../domain/allocation.ts';
import { currentClient } from '../domain/clients.ts';
import { requireProduct, requireZone } from '../domain/products.ts';
import { Stock } from '../domain/stock.ts';
import { fillWaiting } from '../domain/waiting.ts';
import { conflict, notFound } from '../errors.ts';
import type { Place } from '../unit/needs.ts';
import type { Unit } from '../unit/unit.ts';

interface Line {
  readonly productId: string;
  readonly quantity: number;
  readonly zone?: string | undefined;
}

export const returnCommandHandlers: Pick<CommandHandlers, 'record_return'> = {
  record_return: {
    needs: ({ clientId, lines, orderId }) => ({
      orders: orderId === undefined ? [] : [orderId],
      returnsOf: orderId === undefined ? [] : [orderId],
      waiting: lines.map(({ productId }) => productId),
      clients: [clientId],
      products: lines.map(({ productId }) => productId),
    }),
    // The client of the order may have been merged into another; goods go home to where they were taken from.
    more: (unit, { lines, orderId }) => {
      const order = orderId === undefined ? null : unit.orders.find(orderId);
      const places = lines.map((line) => ({ ...line, zone: line.zone ?? takenFrom(order, line.productId) }));
      return {
        clients: order ? [order.clientId] : [],
        zones: lines.flatMap(({ zone }) => zone ?? []),
        places: places.flatMap(({ zone, productId }) => (zone === undefined ? [] : [{ zone, productId }])),
        homes: places.flatMap(({ zone, productId }) => (zone === undefined ? [productId] : [])),
      };
    },
    decide: (work, input) => {
      const { orderId } = input;
      const order = orderId === undefined ? null : work.unit.orders.find(orderId);
      if (orderId !== undefined && !order) throw notFound('order', orderId);
      const client = currentClient(work, input.clientId);
      if (order) requireReturnable(work.unit, order, client.id, input.lines);
      for (const { productId } of input.lines) requireProduct(work, productId);
      for (const { zone } of input.lines) if (zone !== undefined) requireZone(work, zone);

      const lines = input.lines.map(({ productId, quantity, zone }): Return['lines'][number] => {
        const product = requireProduct(work, productId);
        const sold = order?.lines.find((line) => line.productId === productId);
        return {
          id: work.newId(),
          productId,
          sku: product.sku,
          name: product.name,
          quantity,
          unitPrice: sold?.unitPrice ?? product.unitPrice,
          zone: product.stocked ? (zone ?? homeOf(work.unit, productId, order)) : null,
        };
      });
      const recorded: Return = {
        id: work.newId(),
        reference: null,
        clientId: client.id,
        clientName: client.name,
        orderId: order?.id ?? null,
        lines,
        reason: input.reason ?? null,
        createdAt: work.now.toISOString(),
      };
      work.unit.returns.add(recorded);
      const stock = new Stock(work);
      const places = lines.flatMap(({ zone, productId, quantity }): (Place & { quantity: number })[] =>
        zone === null ? [] : [{ zone, productId, quantity }],
      );
      for (const { quantity, ...place } of places) {
        stock.move(place, {
          kind: 'return',
          onHand: quantity,
          returnId: recorded.id,
          orderId: recorded.orderId,
          reason: recorded.reason,
        });
      }
      work.record('return_recorded', topicName('orders'), { return: recorded });
      fillWaiting(
        work,
        stock,
        places.map(({ productId }) => productId),
      );
      stock.tell();
      return { return: recorded };
    },
  },
};

/** Nobody gives back what has not left, nor more of it than they got. The order is locked, so counts stay. */
function requireReturnable(unit: Unit, order: Order, clientId: string, lines: readonly Line[]): void {
  if (unit.clients.current(order.clientId)?.id !== clientId)
    throw conflict(`Order ${order.number} is another client’s.`, { order });
  if (order.status !== 'shipped' && order.status !== 'delivered') {
    throw conflict(`Order ${order.number} is ${order.status}: nothing of it has left.`, { order });
  }
  const before = unit.returns.of(order.id);
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

const takenFrom = (order: Order | null, productId: string): string | undefined =>
  order ? heldBy(order.lines).find((held) => held.productId === productId)?.zone : undefined;

/** Where goods go back to: where the order took them from, else where most of them are, else the first zone. */
function homeOf(unit: Unit, productId: string, order: Order | null): string {
  const [most] = unit.levels
    .of(productId)
    .sort((a, b) => b.onHand - a.onHand || (a.zone < b.zone ? -1 : 1))
    .filter(({ updatedAt }) => updatedAt !== undefined);
  const zone = takenFrom(order, productId) ?? most?.zone ?? unit.lookups.homeOf(productId);
  if (zone === null) throw conflict('There is no zone to put the goods in. Create one first.');
  return zone;
}
