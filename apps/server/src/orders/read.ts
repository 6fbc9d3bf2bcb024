import { LINES_IN_SNAPSHOT, type Order, type OrderLine, OrderStatus } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { money } from '../domain/money.ts';
import { byZone } from '../unit/order-parts.ts';

/** A line as PostgreSQL writes it into JSON. */
interface LineRow {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly short: number;
  readonly amount: number;
  readonly currency: string;
  readonly allocations: { readonly zone: string; readonly quantity: number }[];
}

interface Row {
  readonly id: string;
  readonly number: number;
  readonly reference: string | null;
  readonly clientId: string;
  readonly clientName: string;
  readonly status: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly assigneeId: string | null;
  readonly notes: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
  readonly backOrderOf: string | null;
  readonly backOrderId: string | null;
  readonly lineCount: number;
  readonly shortLines: number;
  /** Null where they are left out. */
  readonly lines: LineRow[] | null;
}

/** As one order has at most; none is left out. */
const ALL_LINES = 1_000_000;

/**
 * These orders, in this order, in one statement however many there are. `compact` leaves the lines of those with many
 * out, as the snapshot of topic `orders` does, and does not read them.
 */
export async function readOrders(db: Tx, ids: readonly string[], { compact = false } = {}): Promise<Order[]> {
  if (ids.length === 0) return [];
  const most = compact ? LINES_IN_SNAPSHOT : ALL_LINES;
  const rows = await db.$queryRaw<Row[]>`
    SELECT o.id, o.number, o.reference, o.client_id AS "clientId", o.client_name AS "clientName", o.status, o.amount,
           o.currency, o.assignee_id AS "assigneeId", o.notes, o.version, o.created_at AS "createdAt",
           o.updated_at AS "updatedAt", o.closed_at AS "closedAt", o.back_order_of AS "backOrderOf",
           o.back_order_id AS "backOrderId", l.n AS "lineCount", l.short AS "shortLines",
           CASE WHEN l.n <= ${most}::int THEN (
             SELECT coalesce(json_agg(json_build_object(
               'id', ol.id, 'productId', ol.product_id, 'sku', ol.sku, 'name', ol.name, 'quantity', ol.quantity,
               'short', ol.short, 'amount', ol.amount, 'currency', ol.currency,
               'allocations', (
                 SELECT coalesce(json_agg(json_build_object('zone', a.zone, 'quantity', a.quantity) ORDER BY a.id), '[]')
                 FROM allocation a WHERE a.line_id = ol.id)
             ) ORDER BY ol.position), '[]')
             FROM order_line ol WHERE ol.order_id = o.id) END AS lines
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS wanted (id, place)
    JOIN "order" o ON o.id = wanted.id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS n, (count(*) FILTER (WHERE ol.short > 0))::int AS short
      FROM order_line ol WHERE ol.order_id = o.id) l
    ORDER BY wanted.place`;
  return rows.map(toOrder);
}

const toLine = ({ amount, currency, allocations, ...line }: LineRow): OrderLine => ({
  ...line,
  unitPrice: { amount, currency },
  allocations: byZone(allocations),
});

const toOrder = (row: Row): Order => ({
  id: row.id,
  number: row.number,
  reference: row.reference,
  clientId: row.clientId,
  clientName: row.clientName,
  status: OrderStatus.parse(row.status),
  lines: row.lines?.map(toLine) ?? [],
  ...(row.lines === null && { lineCount: row.lineCount, shortLines: row.shortLines }),
  total: money(row),
  assigneeId: row.assigneeId,
  notes: row.notes,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  ...(row.backOrderOf !== null && { backOrderOf: row.backOrderOf }),
  ...(row.backOrderId !== null && { backOrderId: row.backOrderId }),
});
