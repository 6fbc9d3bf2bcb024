import { type Level, type LevelSort, text } from '@almenara/events';
import { z } from 'zod';
import type { QueryHandler } from '../commands/query.ts';
import { Prisma } from '../database/client.ts';
import { decodeCursor, toPage } from '../database/paging.ts';
import { listed } from '../database/searching.ts';

/** What is sorted by, as text or as a number, then zone and sku of the page's last row. */
const LevelKey = z.tuple([z.union([z.number(), text(500)]), text(64), text(500)]);

type Row = Omit<Level, 'updatedAt'> & {
  readonly updatedAt: Date;
  readonly sku: string;
  readonly name: string;
  readonly rank: number | string;
};

const AVAILABLE = Prisma.sql`(l.on_hand - l.reserved)`;
/** As `isLow` says. */
const LOW = Prisma.sql`(l.reorder_point > 0 AND ${AVAILABLE} <= l.reorder_point)`;
/** There are few products that stand on no shelf: to leave those out costs less than to look all of them up. */
const STOCKED = Prisma.sql`l.product_id NOT IN (SELECT id FROM product WHERE NOT stocked)`;

/** What each sorting sorts by, of `stock_level l JOIN product p`. */
const RANKS: Readonly<Record<LevelSort, Prisma.Sql>> = {
  zone: Prisma.sql`l.zone`,
  sku: Prisma.sql`p.sku`,
  name: Prisma.sql`p.name`,
  on_hand: Prisma.sql`l.on_hand`,
  reserved: Prisma.sql`l.reserved`,
  available: AVAILABLE,
  reorder_point: Prisma.sql`l.reorder_point`,
  needed: Prisma.sql`(CASE WHEN ${LOW} THEN l.reorder_point - ${AVAILABLE} + 1 ELSE 0 END)`,
  share: Prisma.sql`(${AVAILABLE}::float8 / l.reorder_point)`,
};

const isText = (sort: LevelSort): boolean => sort === 'zone' || sort === 'sku' || sort === 'name';

/** What comes after a key: its rank decides, then the sku, then the zone, each rising but for a rank turned round. */
function afterKey(sort: LevelSort, desc: boolean, key: z.infer<typeof LevelKey>): Prisma.Sql {
  const [value, zone, sku] = key;
  // A key of another sorting is no key of this one: it begins somewhere, and nothing fails.
  const rank = isText(sort)
    ? Prisma.sql`${typeof value === 'string' ? value : ''}::text`
    : Prisma.sql`${typeof value === 'number' ? value : 0}::float8`;
  const next = desc ? Prisma.sql`${RANKS[sort]} < ${rank}` : Prisma.sql`${RANKS[sort]} > ${rank}`;
  return Prisma.sql`(${next} OR (${RANKS[sort]} = ${rank} AND (p.sku, l.zone) > (${sku}, ${zone})))`;
}

export const listLevels: QueryHandler<'list_levels'> = async (db, params) => {
  const { zone, productId, productIds, q, low, none, stocked, sort, desc, cursor, limit } = params;
  const last = decodeCursor(LevelKey, cursor);
  const conditions = [
    Prisma.sql`TRUE`,
    ...(zone ? [Prisma.sql`l.zone = ${zone}`] : []),
    ...(productId ? [Prisma.sql`l.product_id = ${productId}::uuid`] : []),
    ...(productIds ? [Prisma.sql`l.product_id = ANY(${productIds}::uuid[])`] : []),
    ...(low === undefined ? [] : [Prisma.sql`${LOW} = ${low}`]),
    ...(none ? [Prisma.sql`${AVAILABLE} <= 0`] : []),
    ...(stocked === undefined ? [] : [stocked ? STOCKED : Prisma.sql`NOT (${STOCKED})`]),
    ...(sort === 'share' ? [Prisma.sql`l.reorder_point > 0`] : []),
  ];
  const where = Prisma.join(conditions, ' AND ');
  const from = (holds: Prisma.Sql) =>
    Prisma.sql`FROM stock_level l JOIN product p ON p.id = l.product_id WHERE ${where} AND ${holds}`;
  const direction = desc ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const page = (some: Prisma.Sql) => db.$queryRaw<Row[]>`
    SELECT l.zone, l.product_id AS "productId", l.on_hand AS "onHand", l.reserved, l.reorder_point AS "reorderPoint",
           l.updated_at AS "updatedAt", p.sku, p.name, ${RANKS[sort]} AS rank
    ${some} AND ${last ? afterKey(sort, desc, last) : Prisma.sql`TRUE`}
    ORDER BY rank ${direction}, p.sku, l.zone LIMIT ${limit + 1}`;
  const { rows, total } = await listed(db, q, {
    column: Prisma.sql`p.search`,
    from,
    // Every level has its product: to count them it need not be looked up.
    all: Prisma.sql`FROM stock_level l WHERE ${where}`,
    page,
  });
  return toPage(
    rows,
    limit,
    total,
    ({ rank: _, updatedAt, ...level }) => ({ ...level, updatedAt: updatedAt.toISOString() }),
    (row) => [row.rank, row.zone, row.sku],
  );
};

/** How many levels each zone has and how many are low; unstocked products are left out. */
export const readStockFigures: QueryHandler<'get_stock_figures'> = async (db) => {
  const [zones, [products]] = await Promise.all([
    db.$queryRaw<{ zone: string; levels: number; low: number }[]>`
      SELECT z.code AS zone, coalesce(held.levels, 0) AS levels, coalesce(held.low, 0) AS low
      FROM zone z LEFT JOIN (
        SELECT l.zone, count(*)::int AS levels, (count(*) FILTER (WHERE ${LOW}))::int AS low
        FROM stock_level l WHERE ${STOCKED} GROUP BY l.zone) held ON held.zone = z.code
      ORDER BY z.code`,
    db.$queryRaw<{ low: number }[]>`
      SELECT count(*)::int AS low FROM (
        SELECT FROM stock_level l WHERE ${STOCKED} GROUP BY l.product_id
        HAVING sum(l.reorder_point) > 0 AND sum(${AVAILABLE}) <= sum(l.reorder_point)) product`,
  ]);
  return { zones, lowProducts: products?.low ?? 0 };
};
