import { later, type Order, type OrderLine, OrderStatus } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type {
  Allocation as AllocationRow,
  OrderLine as OrderLineRow,
  Order as OrderRow,
} from '../database/generated/client.ts';
import { conflict, notFound } from '../errors.ts';
import { byZone } from '../unit/order-parts.ts';
import type { Work } from '../unit/work.ts';
import { money } from './money.ts';

type LineWithAllocations = OrderLineRow & { allocations: AllocationRow[] };

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

/** The order that a command works on, at the version its caller has seen. */
export function orderAt(work: Work, id: string, expectedVersion?: number): Order {
  const order = work.unit.orders.find(id);
  if (!order) throw notFound('order', id);
  if (expectedVersion !== undefined && order.version !== expectedVersion) {
    throw conflict(`Order ${order.number} was changed meanwhile: it is at version ${order.version}.`, {
      order,
    });
  }
  return order;
}

/** The next version of an order that something happened to. Whatever the clocks of two nodes say, it was not changed before it was. */
export const revised = (order: Order, now: Date, change: Partial<Order>): Order => ({
  ...order,
  ...change,
  version: order.version + 1,
  updatedAt: later(now.toISOString(), order.updatedAt),
});
