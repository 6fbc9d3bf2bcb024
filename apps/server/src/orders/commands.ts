import {
  type CommandName,
  hasEditableLines,
  isClosed,
  isHeld,
  NEXT_STATUS,
  type Order,
  type OrderLine,
  type OrderStatus,
  type ParsedInput,
  type Product,
  topicName,
} from '@almenara/events';
import type { CommandHandlers, CommandTx } from '../commands/handler.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { allocate, heldBy, rebook, type Wanted } from '../domain/allocation.ts';
import { holdClient } from '../domain/clients.ts';
import { totalOf } from '../domain/money.ts';
import { insertOrders, lockOrder, nextNumbers, replaceLines, revised, updateOrder } from '../domain/order.ts';
import { findProducts } from '../domain/products.ts';
import { markShort } from '../domain/shortage.ts';
import { Stock } from '../domain/stock.ts';
import { conflict, notFound } from '../errors.ts';

type OrderCommands = Pick<
  CommandHandlers,
  Extract<CommandName, `${string}_order` | 'change_order_status' | 'report_shortage'>
>;

const ORDERS = topicName('orders');

export const orderCommandHandlers: OrderCommands = {
  place_order: async (tx, input, actor) => {
    const client = await requireClient(tx, input.clientId);
    if (input.orderId !== undefined) await requireFreeId(tx, input.orderId);
    const products = await findProducts(tx.db, productIds(input.lines));
    const stock = await Stock.lock(tx, actor.userId, stockedIds(products));
    const lines = fill(tx, stock, products, input.lines.map(asNewLine));

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
    const before = await lockOrder(tx.db, input.orderId, input.expectedVersion);
    if (isClosed(before.status))
      throw conflict(`Order ${before.number} is ${before.status}.`, { order: before });
    const change: Partial<Order> = {};
    if (input.notes !== undefined) change.notes = trimmed(input.notes);
    if (input.clientId !== undefined && input.clientId !== before.clientId) {
      const client = await requireClient(tx, input.clientId);
      change.clientId = client.id;
      change.clientName = client.name;
    }
    if (input.lines !== undefined) {
      if (!hasEditableLines(before.status)) {
        throw conflict(`Order ${before.number} is ${before.status}: its lines are settled.`, {
          order: before,
        });
      }
      change.lines = await relined(tx, before, input.lines, actor.userId);
      change.total = totalOf(change.lines);
    }
    const order = revised(before, tx.now, change);
    await updateOrder(tx.db, order);
    if (change.lines) await replaceLines(tx.db, order, tx.newId);
    tx.record('order_updated', ORDERS, { order });
    return { order };
  },

  change_order_status: async (tx, { orderId, status, expectedVersion }, actor) => {
    const before = await lockOrder(tx.db, orderId, expectedVersion);
    requireTransition(before, status);
    const cancelled = status === 'cancelled';
    const order = revised(before, tx.now, {
      status,
      closedAt: isClosed(status) ? tx.now.toISOString() : null,
      ...(cancelled && { lines: before.lines.map((line) => ({ ...line, allocations: [] })) }),
    });
    await updateOrder(tx.db, order);
    tx.record('order_status_changed', ORDERS, { order, from: before.status, to: status });
    if (status === 'shipped' || cancelled) {
      const stock = await Stock.lock(tx, actor.userId, productIds(before.lines));
      if (cancelled) {
        rebook(stock, order.id, before.lines, []);
        await tx.db.allocation.deleteMany({ where: { lineId: { in: before.lines.map((line) => line.id) } } });
      } else {
        ship(stock, order);
      }
      await stock.save();
    }
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

type LineInput = ParsedInput<'place_order'>['lines'][number];
/** A line on its way into an order: new, or one that keeps its id and the price it was placed at. */
interface Draft {
  wanted: Wanted;
  kept?: OrderLine;
}

const trimmed = (notes: string | null | undefined): string | null => notes?.trim() || null;
const asNewLine = (input: LineInput): Draft => ({ wanted: input });
const productIds = (lines: readonly { productId: string }[]): string[] => lines.map((line) => line.productId);
const stockedIds = (products: ReadonlyMap<string, Product>): string[] =>
  [...products.values()].filter((product) => product.stocked).map((product) => product.id);

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

/** Turns drafts into lines, with goods for all of those that are stocked, or throws `out_of_stock`. */
function fill(
  tx: CommandTx,
  stock: Stock,
  products: ReadonlyMap<string, Product>,
  drafts: readonly Draft[],
  freed: Parameters<typeof allocate>[2] = [],
): OrderLine[] {
  const stockedDrafts = drafts.filter(({ wanted }) => products.get(wanted.productId)?.stocked);
  const allocations = allocate(
    stock,
    stockedDrafts.map((draft) => draft.wanted),
    freed,
  );
  return drafts.map((draft) => {
    const { wanted, kept } = draft;
    const product = products.get(wanted.productId);
    if (!product) throw notFound('product', wanted.productId);
    return {
      id: kept?.id ?? tx.newId(),
      productId: product.id,
      sku: kept?.sku ?? product.sku,
      name: kept?.name ?? product.name,
      quantity: wanted.quantity,
      unitPrice: kept?.unitPrice ?? product.unitPrice,
      allocations: allocations[stockedDrafts.indexOf(draft)] ?? [],
      short: 0,
    };
  });
}

/**
 * The lines of an edited order. A line that asks for what it has keeps its goods; one that asks for more or less,
 * or elsewhere, is allocated anew from what is free and what the order gives back.
 */
async function relined(
  tx: CommandTx,
  before: Order,
  inputs: readonly LineInput[],
  userId: string,
): Promise<OrderLine[]> {
  const products = await findProducts(tx.db, [...productIds(inputs), ...productIds(before.lines)]);
  const stock = await Stock.lock(tx, userId, stockedIds(products));

  const unmatched = [...before.lines];
  const drafts = inputs.map((wanted): Draft => {
    const index = unmatched.findIndex((line) => line.productId === wanted.productId);
    const [kept] = index < 0 ? [] : unmatched.splice(index, 1);
    return kept ? { wanted, kept } : { wanted };
  });
  const isSame = ({ wanted, kept }: Draft): boolean =>
    kept !== undefined &&
    kept.quantity === wanted.quantity &&
    (wanted.zone === undefined || kept.allocations.every(({ zone }) => zone === wanted.zone));
  const changed = drafts.filter((draft) => !isSame(draft));
  const staying = new Set(drafts.filter(isSame).map((draft) => draft.kept));
  const freed = heldBy(before.lines.filter((line) => !staying.has(line)));

  const filled = fill(tx, stock, products, changed, freed);
  const lines = drafts.map((draft) => {
    const line = isSame(draft) ? draft.kept : filled[changed.indexOf(draft)];
    if (!line) throw new Error('A line of an edited order was lost.');
    return line;
  });
  rebook(stock, before.id, before.lines, lines);
  await stock.save();
  return lines;
}

function ship(stock: Stock, order: Order): void {
  for (const { zone, productId, quantity } of heldBy(order.lines)) {
    stock.move(
      { zone, productId },
      { kind: 'shipment', onHand: -quantity, reserved: -quantity, orderId: order.id },
    );
  }
}
