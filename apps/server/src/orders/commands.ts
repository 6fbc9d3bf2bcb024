import {
  type CommandName,
  hasEditableLines,
  isClosed,
  isHeld,
  NEXT_STATUS,
  type Order,
  type OrderStatus,
  topicName,
} from '@almenara/events';
import type { CommandHandlers, CommandTx } from '../commands/handler.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { FreeStock, heldBy, rebook, toppedUp } from '../domain/allocation.ts';
import { holdClient } from '../domain/clients.ts';
import { totalOf } from '../domain/money.ts';
import {
  findOrderAt,
  insertOrders,
  lockOrder,
  nextNumbers,
  replaceLines,
  revised,
  updateOrder,
} from '../domain/order.ts';
import { markShort } from '../domain/shortage.ts';
import { Stock } from '../domain/stock.ts';
import { filledBetween, fillWaiting, lockWaiting, writeFilled } from '../domain/waiting.ts';
import { conflict, invalid, notFound, Refused } from '../errors.ts';
import { givenUp, newLines, productIds, relined } from './lines.ts';
import { ship } from './shipping.ts';

type OrderCommands = Pick<
  CommandHandlers,
  Extract<CommandName, `${string}_order` | 'change_order_status' | 'report_shortage'>
>;

const ORDERS = topicName('orders');

export const orderCommandHandlers: OrderCommands = {
  place_order: async (tx, input, actor) => {
    const client = await requireClient(tx, input.clientId);
    if (input.orderId !== undefined) await requireFreeId(tx, input.orderId);
    const { lines, stock } = await newLines(tx, input.lines, actor.userId);
    const [number] = await nextNumbers(tx.db, 1);
    const at = tx.now.toISOString();
    const order: Order = {
      id: input.orderId ?? tx.newId(),
      number: number ?? 0,
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
    };
    try {
      await insertOrders(tx.db, [order], tx.newId);
    } catch (error) {
      // Somebody placed an order of that id since we looked.
      if (isUniqueViolation(error)) throw orderExists(order.id);
      throw error;
    }
    rebook(stock, order.id, [], lines);
    tx.record('order_created', ORDERS, { order });
    await stock.save();
    return { order };
  },

  edit_order: async (tx, input, actor) => {
    const { orderId, expectedVersion } = input;
    // Goods that it gives up go to the orders that wait for them.
    const locked = input.lines && (await lockWaiting(tx.db, productIds(input.lines), [orderId]));
    const before = locked
      ? await findOrderAt(tx.db, orderId, expectedVersion)
      : await lockOrder(tx.db, orderId, expectedVersion);
    if (isClosed(before.status))
      throw conflict(`Order ${before.number} is ${before.status}.`, { order: before });
    const change: Partial<Order> = {};
    if (input.notes !== undefined) change.notes = trimmed(input.notes);
    if (input.clientId !== undefined && input.clientId !== before.clientId) {
      const client = await requireClient(tx, input.clientId);
      change.clientId = client.id;
      change.clientName = client.name;
    }
    if (input.lines && locked) {
      if (!hasEditableLines(before.status)) {
        throw conflict(`Order ${before.number} is ${before.status}: its lines are settled.`, {
          order: before,
        });
      }
      change.lines = await relined(tx, before, input.lines, locked, actor.userId);
      change.total = totalOf(change.lines);
    }
    const order = revised(before, tx.now, change);
    await updateOrder(tx.db, order);
    if (change.lines) await replaceLines(tx.db, order, tx.newId);
    const filled = filledBetween(before.lines, order.lines);
    tx.record('order_updated', ORDERS, { order, ...(filled.length > 0 && { filled }) });
    return { order };
  },

  change_order_status: async (tx, { orderId, status, expectedVersion, missing }, actor) => {
    if (missing !== undefined && status !== 'shipped')
      throw invalid('It is when an order ships that what is missing is cancelled or kept.', 'missing');
    const cancelled = status === 'cancelled';
    // What a cancelled order gives up goes to those that wait for it.
    const locked = cancelled ? await lockWaiting(tx.db, [], [orderId]) : null;
    const before = locked
      ? await findOrderAt(tx.db, orderId, expectedVersion)
      : await lockOrder(tx.db, orderId, expectedVersion);
    requireTransition(before, status);
    if (status === 'shipped') return ship(tx, before, missing ?? 'back_order', actor.userId);
    const order = revised(before, tx.now, {
      status,
      closedAt: isClosed(status) ? tx.now.toISOString() : null,
      ...(cancelled && { lines: before.lines.map((line) => ({ ...line, allocations: [] })) }),
    });
    await updateOrder(tx.db, order);
    tx.record('order_status_changed', ORDERS, { order, from: before.status, to: status });
    if (locked) {
      const stock = await Stock.lock(tx, actor.userId, productIds(before.lines));
      rebook(stock, order.id, before.lines, []);
      await tx.db.allocation.deleteMany({ where: { lineId: { in: before.lines.map((line) => line.id) } } });
      await fillWaiting(tx, stock, locked, givenUp(before.lines, order.lines));
      await stock.save();
    }
    return { order };
  },

  reserve_order: async (tx, { orderId, expectedVersion }, actor) => {
    const before = await lockOrder(tx.db, orderId, expectedVersion);
    if (!isHeld(before.status)) {
      throw conflict(`Order ${before.number} is ${before.status}: nothing is reserved for it any more.`, {
        order: before,
      });
    }
    const short = before.lines.filter((line) => line.short > 0);
    if (short.length === 0) return { order: before };
    const stock = await Stock.lock(tx, actor.userId, productIds(short));
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
    const order = revised(before, tx.now, { lines });
    await writeFilled(tx, stock, [{ before, after: order }]);
    await stock.save();
    return { order };
  },

  assign_order: async (tx, { orderId, userId }) => {
    const before = await lockOrder(tx.db, orderId);
    const user = userId === null ? null : await tx.db.user.findUnique({ where: { id: userId } });
    if (userId !== null && !user) throw notFound('user', userId);
    if (before.assigneeId === userId) return { order: before };
    if (user?.banned) throw conflict(`${user.name} is deactivated.`);
    const order = revised(before, tx.now, { assigneeId: userId });
    await updateOrder(tx.db, order);
    tx.record('order_updated', ORDERS, { order });
    return { order };
  },

  report_shortage: async (tx, { orderId, missing, ...place }, actor) => {
    const before = await lockOrder(tx.db, orderId);
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
    const stock = await Stock.lock(tx, actor.userId, [place.productId]);
    const order = await markShort(tx, before, place, missing);
    const level = stock.move(place, { kind: 'shortage', onHand: -missing, reserved: -missing, orderId });
    await stock.save();
    return { order, level };
  },
};

const trimmed = (notes: string | null | undefined): string | null => notes?.trim() || null;

const orderExists = (id: string) => conflict(`There is an order ${id} already.`);

async function requireClient(tx: CommandTx, id: string): Promise<{ id: string; name: string }> {
  const client = await holdClient(tx.db, id);
  if (client.archived) throw conflict(`${client.name} is archived.`);
  return client;
}

async function requireFreeId(tx: CommandTx, id: string): Promise<void> {
  if (await tx.db.order.findUnique({ where: { id } })) throw orderExists(id);
}

function requireTransition(order: Order, to: OrderStatus): void {
  const next = NEXT_STATUS[order.status];
  if (next.includes(to)) return;
  const choices = next.length > 0 ? `; it can become ${next.join(' or ')}` : ' for good';
  throw conflict(`Order ${order.number} is ${order.status}${choices}.`, { order });
}
