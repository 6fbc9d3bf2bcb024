import { later, type Order, type OrderLine, OrderStatus } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type {
  Allocation as AllocationRow,
  OrderLine as OrderLineRow,
  Order as OrderRow,
} from '../database/generated/client.ts';
import { insertRows } from '../database/insert-rows.ts';
import { conflict, notFound } from '../errors.ts';
import { money } from './money.ts';

type LineWithAllocations = OrderLineRow & { allocations: AllocationRow[] };

/** Allocations of one zone are told as one, oldest zone first. */
export function byZone(
  allocations: readonly Pick<AllocationRow, 'zone' | 'quantity'>[],
): OrderLine['allocations'] {
  const zones = new Map<string, number>();
  for (const { zone, quantity } of allocations) zones.set(zone, (zones.get(zone) ?? 0) + quantity);
  return [...zones].map(([zone, quantity]) => ({ zone, quantity }));
}

function toOrder(row: OrderRow & { lines: LineWithAllocations[] }): Order {
  return {
    id: row.id,
    number: row.number,
    reference: row.reference,
    clientId: row.clientId,
    clientName: row.clientName,
    status: OrderStatus.parse(row.status),
    lines: row.lines.map((line) => ({
      id: line.id,
      productId: line.productId,
      sku: line.sku,
      name: line.name,
      quantity: line.quantity,
      unitPrice: money(line),
      allocations: byZone(line.allocations),
      short: line.short,
    })),
    total: money(row),
    assigneeId: row.assigneeId,
    notes: row.notes,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    ...(row.backOrderOf !== null && { backOrderOf: row.backOrderOf }),
    ...(row.backOrderId !== null && { backOrderId: row.backOrderId }),
  };
}

/** What every read of an order takes along. */
const whole = {
  lines: { orderBy: { position: 'asc' }, include: { allocations: { orderBy: { id: 'asc' } } } },
} as const;

export type OrderFilter = NonNullable<Parameters<Tx['order']['findMany']>[0]>;

export async function findOrders(db: Tx, filter: Omit<OrderFilter, 'include' | 'select'>): Promise<Order[]> {
  const rows = await db.order.findMany({ ...filter, include: whole });
  return rows.map(toOrder);
}

export async function findOrder(db: Tx, id: string): Promise<Order> {
  const [order] = await findOrders(db, { where: { id } });
  if (!order) throw notFound('order', id);
  return order;
}

/** Orders are locked before any level, several of them by id. */
export async function lockOrders(db: Tx, ids: readonly string[]): Promise<void> {
  await db.$queryRaw`SELECT id FROM "order" WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** The order, locked, and at the version its caller has seen. */
export async function lockOrder(db: Tx, id: string, expectedVersion?: number): Promise<Order> {
  await lockOrders(db, [id]);
  return findOrderAt(db, id, expectedVersion);
}

/** A locked order, at the version its caller has seen. */
export async function findOrderAt(db: Tx, id: string, expectedVersion?: number): Promise<Order> {
  const order = await findOrder(db, id);
  if (expectedVersion !== undefined && order.version !== expectedVersion) {
    throw conflict(`Order ${order.number} was changed meanwhile: it is at version ${order.version}.`, {
      order,
    });
  }
  return order;
}

const headRow = (order: Order) => ({
  reference: order.reference,
  clientId: order.clientId,
  clientName: order.clientName,
  status: order.status,
  amount: BigInt(order.total.amount),
  currency: order.total.currency,
  assigneeId: order.assigneeId,
  notes: order.notes,
  version: order.version,
  createdAt: new Date(order.createdAt),
  updatedAt: new Date(order.updatedAt),
  closedAt: order.closedAt === null ? null : new Date(order.closedAt),
  backOrderOf: order.backOrderOf ?? null,
  backOrderId: order.backOrderId ?? null,
});

/** Stores new orders with all they hold. Their numbers must have been taken from `nextNumbers`. */
export async function insertOrders(db: Tx, orders: readonly Order[], newId: () => string): Promise<void> {
  await db.order.createMany({
    data: orders.map((order) => ({ id: order.id, number: order.number, ...headRow(order) })),
  });
  await insertLines(db, orders, newId);
}

/** Order numbers that nobody else will get. */
export async function nextNumbers(db: Tx, count: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    SELECT nextval('order_number_seq')::int AS number FROM generate_series(1, ${count}::int)`;
  return rows.map((row) => row.number);
}

/** Stores everything of a locked order but its lines. */
export async function updateOrder(db: Tx, order: Order): Promise<void> {
  await db.order.update({ where: { id: order.id }, data: headRow(order) });
}

export async function replaceLines(db: Tx, order: Order, newId: () => string): Promise<void> {
  await db.orderLine.deleteMany({ where: { orderId: order.id } });
  await insertLines(db, [order], newId);
}

/** Stores more allocations of lines that are there. */
export async function addAllocations(
  db: Tx,
  parts: readonly { lineId: string; zone: string; productId: string; quantity: number }[],
  newId: () => string,
): Promise<void> {
  await insertRows(
    db,
    'allocation',
    parts.map(({ lineId, zone, productId, quantity }) => ({
      id: newId(),
      line_id: lineId,
      zone,
      product_id: productId,
      quantity,
    })),
  );
}

async function insertLines(db: Tx, orders: readonly Order[], newId: () => string): Promise<void> {
  await insertRows(
    db,
    'order_line',
    orders.flatMap((order) =>
      order.lines.map((line, position) => ({
        id: line.id,
        order_id: order.id,
        position,
        product_id: line.productId,
        sku: line.sku,
        name: line.name,
        quantity: line.quantity,
        short: line.short,
        amount: line.unitPrice.amount,
        currency: line.unitPrice.currency,
      })),
    ),
  );
  await addAllocations(
    db,
    orders.flatMap((order) =>
      order.lines.flatMap(({ id, productId, allocations }) =>
        allocations.map((allocation) => ({ lineId: id, productId, ...allocation })),
      ),
    ),
    newId,
  );
}

/** The next version of an order that something happened to. Whatever the clocks of two nodes say, it was not changed before it was. */
export const revised = (order: Order, now: Date, change: Partial<Order>): Order => ({
  ...order,
  ...change,
  version: order.version + 1,
  updatedAt: later(now.toISOString(), order.updatedAt),
});
