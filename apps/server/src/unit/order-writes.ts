import type { Order, OrderLine } from '@almenara/events';
import { type Bound, columns } from '../database/sql.ts';
import type { Part, Parts } from './order-parts.ts';
import type { Change } from './rows.ts';

interface Row {
  readonly order: Order;
  readonly parts: Parts;
}
type LineAt = OrderLine & { readonly orderId: string; readonly position: number };
type PartOf = Part & { readonly lineId: string; readonly productId: string };

const INSERT = {
  name: 'insert orders',
  text: `
    WITH orders AS (
      INSERT INTO "order" (id, number, reference, client_id, client_name, status, amount, currency, assignee_id, notes,
                           version, created_at, updated_at, closed_at, back_order_of, back_order_id)
      SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::text[],
                           $9::text[], $10::text[], $11::int[], $12::timestamptz[], $13::timestamptz[],
                           $14::timestamptz[], $15::uuid[], $16::uuid[])
    ), lines AS (
      INSERT INTO order_line (id, order_id, position, product_id, sku, name, quantity, short, amount, currency)
      SELECT * FROM unnest($17::uuid[], $18::uuid[], $19::int[], $20::uuid[], $21::text[], $22::text[], $23::int[],
                           $24::int[], $25::bigint[], $26::text[])
    )
    INSERT INTO allocation (id, line_id, zone, product_id, quantity)
    SELECT * FROM unnest($27::uuid[], $28::uuid[], $29::text[], $30::uuid[], $31::int[])`,
};
const UPDATE = {
  name: 'update orders',
  text: `
    UPDATE "order" SET client_id = u.client_id, client_name = u.client_name, status = u.status, amount = u.amount,
      currency = u.currency, assignee_id = u.assignee_id, notes = u.notes, version = u.version,
      updated_at = u.updated_at, closed_at = u.closed_at, back_order_id = u.back_order_id
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
                $9::int[], $10::timestamptz[], $11::timestamptz[], $12::uuid[])
      AS u (id, client_id, client_name, status, amount, currency, assignee_id, notes, version, updated_at, closed_at,
            back_order_id)
    WHERE "order".id = u.id`,
};
const DELETE_LINES = {
  name: 'delete lines',
  text: 'DELETE FROM order_line WHERE id = ANY($1::uuid[])',
};
const INSERT_LINES = {
  name: 'insert lines',
  text: `
    INSERT INTO order_line (id, order_id, position, product_id, sku, name, quantity, short, amount, currency)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::int[],
                         $9::bigint[], $10::text[])`,
};
const UPDATE_LINES = {
  name: 'update lines',
  text: `
    UPDATE order_line SET position = u.position, quantity = u.quantity, short = u.short
    FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[]) AS u (id, position, quantity, short)
    WHERE order_line.id = u.id`,
};
const DELETE_PARTS = {
  name: 'delete allocations',
  text: 'DELETE FROM allocation WHERE id = ANY($1::uuid[])',
};
const INSERT_PARTS = {
  name: 'insert allocations',
  text: `
    INSERT INTO allocation (id, line_id, zone, product_id, quantity)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[])`,
};
const UPDATE_PARTS = {
  name: 'update allocations',
  text: `
    UPDATE allocation SET quantity = u.quantity FROM unnest($1::uuid[], $2::int[]) AS u (id, quantity)
    WHERE allocation.id = u.id`,
};

const lineColumns = (lines: readonly LineAt[]): unknown[][] =>
  columns(lines, [
    (line) => line.id,
    (line) => line.orderId,
    (line) => line.position,
    (line) => line.productId,
    (line) => line.sku,
    (line) => line.name,
    (line) => line.quantity,
    (line) => line.short,
    (line) => line.unitPrice.amount,
    (line) => line.unitPrice.currency,
  ]);

const partColumns = (parts: readonly PartOf[]): unknown[][] =>
  columns(parts, [
    (part) => part.id,
    (part) => part.lineId,
    (part) => part.zone,
    (part) => part.productId,
    (part) => part.quantity,
  ]);

const linesAt = ({ order }: Row): LineAt[] =>
  order.lines.map((line, position) => ({ ...line, orderId: order.id, position }));

const partsOf = ({ order, parts }: Row): PartOf[] =>
  order.lines.flatMap(({ id: lineId, productId }) =>
    (parts.get(lineId) ?? []).map((part) => ({ ...part, lineId, productId })),
  );

/** Each table once, whatever happened in between. */
export function* orderWrites(changes: readonly Change<Row>[]): Generator<Bound> {
  const made = changes.filter(({ before }) => before === null).map(({ after }) => after);
  if (made.length > 0) yield insert(made);
  const changed = changes.flatMap(({ before, after }) => (before === null ? [] : [{ before, after }]));
  if (changed.length > 0) yield* updates(changed);
}

const insert = (rows: readonly Row[]): Bound => ({
  statement: INSERT,
  values: [
    ...columns(rows, [
      ({ order }) => order.id,
      ({ order }) => order.number,
      ({ order }) => order.reference,
      ({ order }) => order.clientId,
      ({ order }) => order.clientName,
      ({ order }) => order.status,
      ({ order }) => order.total.amount,
      ({ order }) => order.total.currency,
      ({ order }) => order.assigneeId,
      ({ order }) => order.notes,
      ({ order }) => order.version,
      ({ order }) => order.createdAt,
      ({ order }) => order.updatedAt,
      ({ order }) => order.closedAt,
      ({ order }) => order.backOrderOf ?? null,
      ({ order }) => order.backOrderId ?? null,
    ]),
    ...lineColumns(rows.flatMap(linesAt)),
    ...partColumns(rows.flatMap(partsOf)),
  ],
});

const headColumns = (orders: readonly Order[]): unknown[][] =>
  columns(orders, [
    (order) => order.id,
    (order) => order.clientId,
    (order) => order.clientName,
    (order) => order.status,
    (order) => order.total.amount,
    (order) => order.total.currency,
    (order) => order.assigneeId,
    (order) => order.notes,
    (order) => order.version,
    (order) => order.updatedAt,
    (order) => order.closedAt,
    (order) => order.backOrderId ?? null,
  ]);

function* updates(rows: readonly { readonly before: Row; readonly after: Row }[]): Generator<Bound> {
  yield { statement: UPDATE, values: headColumns(rows.map(({ after }) => after.order)) };

  const lines = differences(rows, linesAt, isSameLine);
  if (lines.gone.length > 0) yield { statement: DELETE_LINES, values: [lines.gone.map(({ id }) => id)] };
  if (lines.come.length > 0) yield { statement: INSERT_LINES, values: lineColumns(lines.come) };
  if (lines.changed.length > 0)
    yield {
      statement: UPDATE_LINES,
      values: columns(lines.changed, [
        ({ id }) => id,
        ({ position }) => position,
        ({ quantity }) => quantity,
        ({ short }) => short,
      ]),
    };

  const parts = differences(rows, partsOf, isSamePart);
  if (parts.gone.length > 0) yield { statement: DELETE_PARTS, values: [parts.gone.map(({ id }) => id)] };
  if (parts.come.length > 0) yield { statement: INSERT_PARTS, values: partColumns(parts.come) };
  if (parts.changed.length > 0)
    yield {
      statement: UPDATE_PARTS,
      values: columns(parts.changed, [({ id }) => id, ({ quantity }) => quantity]),
    };
}

const isSameLine = (a: LineAt, b: LineAt): boolean =>
  a.position === b.position && a.quantity === b.quantity && a.short === b.short;
const isSamePart = (a: PartOf, b: PartOf): boolean => a.quantity === b.quantity;

interface Difference<T> {
  readonly gone: T[];
  readonly come: T[];
  readonly changed: T[];
}

function differences<T extends { readonly id: string }>(
  rows: readonly { readonly before: Row; readonly after: Row }[],
  of: (row: Row) => T[],
  isSame: (a: T, b: T) => boolean,
): Difference<T> {
  const found: Difference<T> = { gone: [], come: [], changed: [] };
  for (const { before, after } of rows) {
    if (before.order.lines === after.order.lines) continue;
    const was = new Map(of(before).map((row) => [row.id, row]));
    for (const row of of(after)) {
      const old = was.get(row.id);
      if (!old) found.come.push(row);
      else if (!isSame(old, row)) found.changed.push(row);
      was.delete(row.id);
    }
    found.gone.push(...was.values());
  }
  return found;
}
