import {
  hasEditableLines,
  isClosed,
  isHeld,
  NEXT_STATUS,
  type Order,
  type OrderStatus,
  type orderCommands,
  topicName,
} from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { FreeStock, heldBy, rebook, toppedUp } from '../domain/allocation.ts';
import { currentClient } from '../domain/clients.ts';
import { totalOf } from '../domain/money.ts';
import { orderAt, revised } from '../domain/order.ts';
import { markShort } from '../domain/shortage.ts';
import { Stock } from '../domain/stock.ts';
import { filledBetween, fillWaiting, giveTo } from '../domain/waiting.ts';
import { conflict, invalid, notFound, Refused } from '../errors.ts';
import type { Unit } from '../unit/unit.ts';
import type { Work } from '../unit/work.ts';
import { givenUp, newLines, productIds, relined } from './lines.ts';
import { ship } from './shipping.ts';

type OrderCommands = Pick<CommandHandlers, keyof typeof orderCommands>;

const ORDERS = topicName('orders');

export const orderCommandHandlers: OrderCommands = {
  place_order: {
    needs: ({ orderId, clientId, lines }) => ({
      newOrders: orderId === undefined ? [] : [orderId],
      clients: [clientId],
      products: productIds(lines),
      levels: productIds(lines),
      numbers: 1,
    }),
    decide: (work, input) => {
      const client = requireClient(work, input.clientId);
      if (input.orderId !== undefined && work.unit.orders.isTaken(input.orderId))
        throw conflict(`There is an order ${input.orderId} already.`);
      const stock = new Stock(work);
      const lines = newLines(work, stock, input.lines);
      const at = work.now.toISOString();
      const order = work.unit.orders.put({
        id: input.orderId ?? work.newId(),
        number: work.unit.nextNumber(),
        reference: null,
        clientId: client.id,
        clientName: client.name,
        status: 'placed',
        lines,
        total: totalOf(lines),
        assigneeId: null,
        notes: trimmed(input.notes),
        version: 1,
        createdAt: at,
        updatedAt: at,
        closedAt: null,
      });
      rebook(stock, order.id, [], order.lines);
      work.record('order_created', ORDERS, { order });
      stock.tell();
      return { order };
    },
  },

  edit_order: {
    needs: ({ orderId, clientId, lines = [] }) => ({
      orders: [orderId],
      // Goods that it gives up go to the orders that wait for them.
      givenUp: lines.length > 0 ? [orderId] : [],
      waiting: productIds(lines),
      clients: clientId === undefined ? [] : [clientId],
    }),
    more: (unit, { orderId, lines }) => {
      if (!lines) return null;
      const all = [...productIds(lines), ...productIds(unit.orders.find(orderId)?.lines ?? [])];
      return { products: all, levels: all };
    },
    decide: (work, input) => {
      const before = orderAt(work, input.orderId, input.expectedVersion);
      if (isClosed(before.status))
        throw conflict(`Order ${before.number} is ${before.status}.`, { order: before });
      const change: Partial<Order> = {};
      if (input.notes !== undefined) change.notes = trimmed(input.notes);
      if (input.clientId !== undefined && input.clientId !== before.clientId) {
        const client = requireClient(work, input.clientId);
        change.clientId = client.id;
        change.clientName = client.name;
      }
      const stock = new Stock(work);
      if (input.lines) {
        if (!hasEditableLines(before.status)) {
          throw conflict(`Order ${before.number} is ${before.status}: its lines are settled.`, {
            order: before,
          });
        }
        change.lines = relined(work, stock, before, input.lines);
        change.total = totalOf(change.lines);
      }
      const order = work.unit.orders.put(revised(before, work.now, change));
      if (input.lines) {
        rebook(stock, before.id, before.lines, order.lines);
        fillWaiting(work, stock, givenUp(before.lines, order.lines), before.id);
      }
      const filled = filledBetween(before.lines, order.lines);
      work.record('order_updated', ORDERS, { order, ...(filled.length > 0 && { filled }) });
      stock.tell();
      return { order };
    },
  },

  change_order_status: {
    needs: ({ orderId, status }) => ({
      orders: [orderId],
      // What a cancelled order gives up goes to those that wait for it.
      givenUp: status === 'cancelled' ? [orderId] : [],
      // Whether it leaves a back order depends on those before it; a number that is not used is the next one's.
      numbers: status === 'shipped' ? 1 : 0,
    }),
    more: (unit, { orderId, status }) => {
      const order = unit.orders.find(orderId);
      if (!order || (status !== 'shipped' && status !== 'cancelled')) return null;
      return { levels: productIds(order.lines) };
    },
    decide: (work, { orderId, status, expectedVersion, missing }) => {
      if (missing !== undefined && status !== 'shipped')
        throw invalid('It is when an order ships that what is missing is cancelled or kept.', 'missing');
      const before = orderAt(work, orderId, expectedVersion);
      requireTransition(before, status);
      if (status === 'shipped') return ship(work, before, missing);
      const cancelled = status === 'cancelled';
      const order = work.unit.orders.put(
        revised(before, work.now, {
          status,
          closedAt: isClosed(status) ? work.now.toISOString() : null,
          ...(cancelled && { lines: before.lines.map((line) => ({ ...line, allocations: [] })) }),
        }),
      );
      work.record('order_status_changed', ORDERS, { order, from: before.status, to: status });
      if (cancelled) {
        const stock = new Stock(work);
        rebook(stock, order.id, before.lines, []);
        fillWaiting(work, stock, givenUp(before.lines, order.lines));
        stock.tell();
      }
      return { order };
    },
  },

  reserve_order: {
    needs: ({ orderId }) => ({ orders: [orderId] }),
    more: (unit, { orderId }) => ({ levels: shortProducts(unit, orderId) }),
    decide: (work, { orderId, expectedVersion }) => {
      const before = orderAt(work, orderId, expectedVersion);
      if (!isHeld(before.status)) {
        throw conflict(`Order ${before.number} is ${before.status}: nothing is reserved for it any more.`, {
          order: before,
        });
      }
      if (before.lines.every((line) => line.short === 0)) return { order: before };
      const stock = new Stock(work);
      const free = new FreeStock(stock);
      const lines = before.lines.map((line) => toppedUp(free, line));
      if (lines.every((line, i) => line === before.lines[i])) {
        throw new Refused('out_of_stock', 'Nothing of what is missing is available.', {
          details: {
            lines: before.lines.flatMap(({ productId, short: requested }, line) =>
              requested > 0 ? [{ line, productId, requested, available: 0 }] : [],
            ),
          },
        });
      }
      const order = giveTo(work, stock, before, revised(before, work.now, { lines }));
      stock.tell();
      return { order };
    },
  },

  assign_order: {
    needs: ({ orderId, userId }) => ({ orders: [orderId], users: userId === null ? [] : [userId] }),
    decide: (work, { orderId, userId }) => {
      const before = orderAt(work, orderId);
      const user = userId === null ? null : work.unit.lookups.user(userId);
      if (userId !== null && !user) throw notFound('user', userId);
      if (before.assigneeId === userId) return { order: before };
      if (user?.banned) throw conflict(`${user.name} is deactivated.`);
      const order = work.unit.orders.put(revised(before, work.now, { assigneeId: userId }));
      work.record('order_updated', ORDERS, { order });
      return { order };
    },
  },

  report_shortage: {
    needs: ({ orderId, productId }) => ({ orders: [orderId], levels: [productId] }),
    decide: (work, { orderId, missing, ...place }) => {
      const before = orderAt(work, orderId);
      const held = heldBy(before.lines)
        .filter((h) => h.zone === place.zone && h.productId === place.productId)
        .reduce((sum, h) => sum + h.quantity, 0);
      const reserved = isHeld(before.status);
      if (!reserved || held < missing) {
        throw conflict(
          `Order ${before.number} has ${reserved ? held : 0} reserved in ${place.zone}, not ${missing}.`,
          { order: before },
        );
      }
      const stock = new Stock(work);
      const order = markShort(work, before, place, missing);
      const level = stock.move(place, { kind: 'shortage', onHand: -missing, reserved: -missing, orderId });
      stock.tell();
      return { order, level };
    },
  },
};

const trimmed = (notes: string | null | undefined): string | null => notes?.trim() || null;

const shortProducts = (unit: Unit, orderId: string): string[] =>
  productIds((unit.orders.find(orderId)?.lines ?? []).filter((line) => line.short > 0));

function requireClient(work: Work, id: string): { id: string; name: string } {
  const client = currentClient(work, id);
  if (client.archived) throw conflict(`${client.name} is archived.`);
  return client;
}

function requireTransition(order: Order, to: OrderStatus): void {
  const next = NEXT_STATUS[order.status];
  if (next.includes(to)) return;
  const choices = next.length > 0 ? `; it can become ${next.join(' or ')}` : ' for good';
  throw conflict(`Order ${order.number} is ${order.status}${choices}.`, { order });
}
