import { isHeld, type Order, type OrderLine, OrderStatus } from '@almenara/events';
import type { Bound, Sql } from '../database/sql.ts';
import type { Place } from './needs.ts';
import { allocated, byZone, NO_PARTS, type Part, type Parts } from './order-parts.ts';
import { orderWrites } from './order-writes.ts';
import { Contention, type Journal, Rows } from './rows.ts';

/** An order with the rows of its allocations. */
export interface OrderRow {
  readonly order: Order;
  readonly parts: Parts;
}

const LOCK = {
  name: 'lock orders',
  text: `SELECT id FROM "order" WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};
const LOCK_FREE = {
  name: 'lock free orders',
  text: `SELECT id FROM "order" WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
};
const HEADS = {
  name: 'read orders',
  text: `
    SELECT id, number, reference, client_id AS "clientId", client_name AS "clientName", status, amount::float8 AS amount,
           currency, assignee_id AS "assigneeId", notes, version, created_at AS "createdAt", updated_at AS "updatedAt",
           closed_at AS "closedAt", back_order_of AS "backOrderOf", back_order_id AS "backOrderId"
    FROM "order" WHERE id = ANY($1::uuid[])`,
};
const LINES = {
  name: 'read lines',
  text: `
    SELECT order_id AS "orderId", id, product_id AS "productId", sku, name, quantity, short, amount::float8 AS amount,
           currency
    FROM order_line WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, position`,
};
const PARTS = {
  name: 'read allocations',
  text: `
    SELECT a.line_id AS "lineId", a.id, a.zone, a.quantity
    FROM allocation a JOIN order_line l ON l.id = a.line_id
    WHERE l.order_id = ANY($1::uuid[]) ORDER BY a.id`,
};

interface HeadRow
  extends Omit<
    Order,
    'lines' | 'total' | 'status' | 'createdAt' | 'updatedAt' | 'closedAt' | 'backOrderOf' | 'backOrderId'
  > {
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
  readonly backOrderOf: string | null;
  readonly backOrderId: string | null;
}
interface LineRow extends Pick<OrderLine, 'id' | 'productId' | 'sku' | 'name' | 'quantity' | 'short'> {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
}
type PartRow = Part & { readonly lineId: string };

function toOrder(
  { amount, currency, backOrderOf, backOrderId, ...head }: HeadRow,
  lines: OrderLine[],
): Order {
  return {
    ...head,
    status: OrderStatus.parse(head.status),
    lines,
    total: { amount, currency },
    createdAt: head.createdAt.toISOString(),
    updatedAt: head.updatedAt.toISOString(),
    closedAt: head.closedAt?.toISOString() ?? null,
    ...(backOrderOf !== null && { backOrderOf }),
    ...(backOrderId !== null && { backOrderId }),
  };
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const TAKEN = { name: 'read order ids', text: 'SELECT id FROM "order" WHERE id = ANY($1::uuid[])' };

/** A line of an open order that waits for goods. */
export interface WaitingLine {
  readonly orderId: string;
  readonly productId: string;
  readonly short: number;
}

/** The orders that a transaction holds. */
export class OrderRows {
  private readonly rows: Rows<OrderRow>;
  private readonly newId: () => string;
  /** Products of which everybody who waits is held. */
  private readonly waited = new Set<string>();

  constructor(journal: Journal, newId: () => string) {
    this.rows = new Rows('Order', journal);
    this.newId = newId;
  }

  /** Locks them, sorted, and reads them as they are then. */
  async load(sql: Sql, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const locking = sql.rows(LOCK, [ids]);
    await Promise.all([locking, this.read(sql, ids)]);
  }

  /** Locks and reads those of them that nobody else holds; the others stay unknown. */
  async loadFree(sql: Sql, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const free = await sql.rows<{ id: string }>(LOCK_FREE, [ids]);
    if (free.length > 0)
      await this.read(
        sql,
        free.map(({ id }) => id),
      );
  }

  private async read(sql: Sql, ids: readonly string[]): Promise<void> {
    const [heads, lines, parts] = await Promise.all([
      sql.rows<HeadRow>(HEADS, [ids]),
      sql.rows<LineRow>(LINES, [ids]),
      sql.rows<PartRow>(PARTS, [ids]),
    ]);
    const linesOf = grouped(lines, ({ orderId }) => orderId);
    const partsOf = grouped(parts, ({ lineId }) => lineId);
    const found = new Map(heads.map((head) => [head.id, head]));
    for (const id of ids) {
      const head = found.get(id);
      const own = linesOf.get(id) ?? [];
      this.rows.hold(id, head ? orderRow(head, own, partsOf) : null);
    }
  }

  /** Which of these ids orders have already. */
  async loadTaken(sql: Sql, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    this.rows.look(ids, await sql.rows<{ id: string }>(TAKEN, [ids]));
  }

  isTaken(id: string): boolean {
    return this.rows.isTaken(id);
  }

  /** From now on everybody who waits for these products is held, if those `ids` are. */
  waits(
    productIds: readonly string[],
    stillWaiting: readonly { productId: string; orderId: string }[],
  ): void {
    const missed = new Set(
      stillWaiting.filter(({ orderId }) => !this.rows.isHeld(orderId)).map(({ productId }) => productId),
    );
    for (const id of productIds) if (!missed.has(id)) this.waited.add(id);
  }

  /** @throws Contention where it was not named */
  find(id: string): Order | null {
    return this.rows.get(id)?.order ?? null;
  }

  isHeld(id: string): boolean {
    return this.rows.isHeld(id);
  }

  /** @returns the order with its allocations as the tables will give them: what events must tell */
  put(order: Order): Order {
    const before = this.rows.isHeld(order.id) ? this.rows.get(order.id) : null;
    const row = allocated(before, order, this.newId);
    this.rows.put(order.id, row);
    return row.order;
  }

  /**
   * Lines of open orders that are short of one of these products, of the order that was placed first first.
   * @throws Contention where not everybody who waits is held: nobody is passed over
   */
  waitingFor(productIds: ReadonlySet<string>): WaitingLine[] {
    for (const id of productIds)
      if (!this.waited.has(id)) throw new Contention(`Who waits for ${id} is not known.`);
    const orders = [...this.rows.values()]
      .map(({ order }) => order)
      .filter((order) => isHeld(order.status) && order.lines.some((line) => line.short > 0))
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.number - b.number));
    return orders.flatMap((order) =>
      order.lines.flatMap(({ productId, short }) =>
        short > 0 && productIds.has(productId) ? [{ orderId: order.id, productId, short }] : [],
      ),
    );
  }

  /** What open orders that are held have reserved at a place, the newest first. */
  partsAt(place: Place): { readonly orderId: string; readonly quantity: number }[] {
    const found: (Part & { orderId: string })[] = [];
    for (const { order, parts } of this.rows.values()) {
      if (!isHeld(order.status)) continue;
      for (const line of order.lines) {
        if (line.productId !== place.productId) continue;
        for (const part of parts.get(line.id) ?? [])
          if (part.zone === place.zone) found.push({ ...part, orderId: order.id });
      }
    }
    return found.sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  writes(): Generator<Bound> {
    return orderWrites(this.rows.changes());
  }
}

function orderRow(head: HeadRow, lines: readonly LineRow[], partsOf: Map<string, PartRow[]>): OrderRow {
  const parts = new Map<string, readonly Part[]>();
  const orderLines = lines.map(({ orderId: _, amount, currency, ...line }): OrderLine => {
    const own = partsOf.get(line.id) ?? [];
    if (own.length > 0) parts.set(line.id, own);
    return { ...line, unitPrice: { amount, currency }, allocations: byZone(own) };
  });
  return { order: toOrder(head, orderLines), parts: parts.size > 0 ? parts : NO_PARTS };
}
