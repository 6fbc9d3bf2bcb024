import { Prisma, type Tx } from '../database/client.ts';
import { holding, holdingAnywhere, type Wanted, wantedText } from '../database/searching.ts';
import type { Asked, Page } from './asked.ts';

const INT4_MAX = 2_147_483_647;

/**
 * How many of each are taken together before it is quicker to go through the orders in the order asked for: with so many
 * of them, a page is full after a few thousand orders.
 */
const MOST = { references: 1000, clients: 3000, products: 2000 };
/** Goods of which so many find fewer orders than this are hardly ever sold: one might go through all orders in vain. */
const FEW_SALES = 500;

/** What an order may be found by, besides its number: ids, of one more than the most where there are more. */
interface Candidates {
  /** Orders whose document is called so. */
  readonly references: readonly string[];
  /** Clients that are or were called so, … */
  readonly clients: readonly string[];
  /** … and products, by sku and name. */
  readonly products: readonly string[];
}

/** `q` as an order's number, where it is one. */
function asNumber(q: string): number | null {
  const number = /^#?\d{1,10}$/.test(q) ? Number(q.replace('#', '')) : null;
  return number !== null && number <= INT4_MAX ? number : null;
}

/**
 * Orders by number, reference, client, skus and product names. Orders and lines have no index of letters, which each of
 * their many writes would have to keep: clients and products are looked up, by the names that they had as well.
 */
export async function searchOrders(db: Tx, q: string, asked: Asked): Promise<Page> {
  const wanted = wantedText(q);
  const number = asNumber(q);
  const candidates = await candidatesOf(db, wanted);
  const { references, clients, products } = candidates;
  const areFew =
    references.length <= MOST.references &&
    clients.length <= MOST.clients &&
    products.length <= MOST.products;
  const found = foundBy(candidates, number, wanted);
  return areFew ? searchFew(db, found, asked) : searchMany(db, found, candidates, number, wanted, asked);
}

/** Products that are called so, or were; by sku and name, not by barcode: that is of the product alone. */
function productsCalled(wanted: Wanted): Prisma.Sql {
  const own = Prisma.sql`p.search`;
  return Prisma.sql`
    SELECT p.id FROM product p
    WHERE ${holding(own, wanted)} AND (${nthLine(own, 1, wanted)} OR ${nthLine(own, 2, wanted)})
    UNION ALL
    SELECT product_id FROM former_product_name f WHERE ${holdingAnywhere(Prisma.sql`f.search`, wanted)}`;
}

function clientsCalled(wanted: Wanted): Prisma.Sql {
  const own = Prisma.sql`c.search`;
  return Prisma.sql`
    SELECT c.id FROM client c WHERE ${holding(own, wanted)} AND ${nthLine(own, 1, wanted)}
    UNION ALL
    SELECT client_id FROM former_client_name f WHERE ${holdingAnywhere(Prisma.sql`f.search`, wanted)}`;
}

const nthLine = (column: Prisma.Sql, n: number, wanted: Wanted): Prisma.Sql =>
  holdingAnywhere(Prisma.sql`split_part(${column}, E'\n', ${n}::int)`, wanted);

async function candidatesOf(db: Tx, wanted: Wanted): Promise<Candidates> {
  const [row] = await db.$queryRaw<Candidates[]>`
    SELECT
      ARRAY(SELECT o.id FROM "order" o WHERE o.reference IS NOT NULL AND ${holding(Prisma.sql`o.search`, wanted)}
            LIMIT ${MOST.references + 1}) AS "references",
      ARRAY(SELECT id FROM (${clientsCalled(wanted)}) c LIMIT ${MOST.clients + 1}) AS clients,
      ARRAY(SELECT id FROM (${productsCalled(wanted)}) p LIMIT ${MOST.products + 1}) AS products`;
  return row ?? { references: [], clients: [], products: [] };
}

/** The orders of these candidates, each of which is looked at itself: it may have had another name then. */
const foundBy = ({ references, clients, products }: Candidates, number: number | null, wanted: Wanted) =>
  Prisma.sql`
    SELECT id FROM "order" WHERE number = ${number}
    UNION SELECT unnest(${[...references]}::uuid[])
    UNION SELECT id FROM "order" s
          WHERE client_id = ANY(${[...clients]}::uuid[]) AND ${holdingAnywhere(Prisma.sql`s.search`, wanted)}
    UNION SELECT order_id FROM order_line s
          WHERE product_id = ANY(${[...products]}::uuid[]) AND ${holdingAnywhere(Prisma.sql`s.search`, wanted)}`;

/** All that is found is put in order, and counted. */
async function searchFew(db: Tx, found: Prisma.Sql, { where, after, orderBy, take }: Asked): Promise<Page> {
  const [row] = await db.$queryRaw<{ ids: string[]; n: number }[]>`
    WITH found AS MATERIALIZED (${found}), matching AS MATERIALIZED (
      SELECT o.id, o.number, o.updated_at, o.closed_at, o.amount FROM found JOIN "order" o ON o.id = found.id WHERE ${where})
    SELECT (SELECT count(*)::int FROM matching) AS n,
           ARRAY(SELECT o.id FROM matching o WHERE ${after} ORDER BY ${orderBy} LIMIT ${take}) AS ids`;
  return { ids: row?.ids ?? [], total: { total: row?.n ?? 0 } };
}

/** Goes through the orders; how many there are at least, the candidates tell. */
async function searchMany(
  db: Tx,
  found: Prisma.Sql,
  { products }: Candidates,
  number: number | null,
  wanted: Wanted,
  { where, after, orderBy, take }: Asked,
): Promise<Page> {
  const counted = await db.$queryRaw<{ n: number; sold: number }[]>`
    WITH found AS MATERIALIZED (${found})
    SELECT (SELECT count(*)::int FROM found) AS sold,
           (SELECT count(*)::int FROM found JOIN "order" o ON o.id = found.id WHERE ${where}) AS n`;
  const { n, sold } = counted[0] ?? { n: 0, sold: 0 };
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM "order" o
    WHERE ${where} AND ${after}
      AND (o.number = ${number} OR ${holdingAnywhere(Prisma.sql`o.search`, wanted)} OR ${hasLines(products, sold, wanted)})
    ORDER BY ${orderBy} LIMIT ${take}`;
  const total = Math.max(n, rows.length);
  return { ids: rows.map(({ id }) => id), total: { total, totalIsAtLeast: true } };
}

/** That a line of the order holds the text: asked of each order only where many of them have such a line. */
function hasLines(products: readonly string[], sold: number, wanted: Wanted): Prisma.Sql {
  const holds = holdingAnywhere(Prisma.sql`l.search`, wanted);
  if (products.length > MOST.products && sold >= FEW_SALES)
    return Prisma.sql`EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND ${holds})`;
  const called =
    products.length > MOST.products
      ? Prisma.sql`l.product_id IN (${productsCalled(wanted)})`
      : Prisma.sql`l.product_id = ANY(${[...products]}::uuid[])`;
  return Prisma.sql`o.id IN (SELECT l.order_id FROM order_line l WHERE ${called} AND ${holds})`;
}
