import { type Level, MovementKind, zoneState } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import { Prisma, type Tx } from '../database/client.ts';
import { decodeCursor, holds, IdKey, TextKey, toPage } from '../database/paging.ts';
import { readStockHistory } from './history.ts';

type InventoryQueries = Pick<QueryHandlers, 'list_levels' | 'list_movements' | 'get_stock_history'>;

export const inventoryQueryHandlers: InventoryQueries = {
  get_stock_history: readStockHistory,

  list_levels: async (db, { zone, productId, q, low, cursor, limit }) => {
    const after = decodeCursor(TextKey, cursor);
    const conditions = [
      Prisma.sql`TRUE`,
      ...(zone ? [Prisma.sql`l.zone = ${zone}`] : []),
      ...(productId ? [Prisma.sql`l.product_id = ${productId}::uuid`] : []),
      ...(q ? [Prisma.sql`p.search LIKE ${`%${holds(q).contains}%`}`] : []),
      ...(low === undefined
        ? []
        : [Prisma.sql`(l.reorder_point > 0 AND l.on_hand - l.reserved <= l.reorder_point) = ${low}`]),
    ];
    const where = Prisma.join(conditions, ' AND ');
    const from = Prisma.sql`FROM stock_level l JOIN product p ON p.id = l.product_id WHERE ${where}`;
    const [rows, counts] = await Promise.all([
      db.$queryRaw<(Level & { sku: string; name: string })[]>`
        SELECT l.zone, l.product_id AS "productId", l.on_hand AS "onHand", l.reserved,
               l.reorder_point AS "reorderPoint", p.sku, p.name
        ${from} ${after ? Prisma.sql`AND (l.zone, p.sku) > (${after[0]}, ${after[1]})` : Prisma.empty}
        ORDER BY l.zone, p.sku LIMIT ${limit + 1}`,
      db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n ${from}`,
    ]);
    return toPage(
      rows,
      limit,
      counts[0]?.n ?? 0,
      (row) => row,
      (row) => [row.zone, row.sku],
    );
  },

  list_movements: async (db, { zone, productId, orderId, cursor, limit }) => {
    const after = decodeCursor(IdKey, cursor);
    const where = { ...(zone && { zone }), ...(productId && { productId }), ...(orderId && { orderId }) };
    const [rows, total] = await Promise.all([
      db.stockMovement.findMany({
        where: { ...where, ...(after && { id: { lt: after[0] } }) },
        orderBy: { id: 'desc' },
        take: limit + 1,
      }),
      db.stockMovement.count({ where }),
    ]);
    return toPage(
      rows,
      limit,
      total,
      (row) => ({ ...row, kind: MovementKind.parse(row.kind), at: row.at.toISOString() }),
      (row) => [row.id],
    );
  },
};

/** The state of topic `inventory:{zone}`, or null where there is no such zone. */
export async function loadZoneLevels(tx: Tx, zone: string) {
  if (!(await tx.zone.findUnique({ where: { code: zone } }))) return null;
  const levels = await tx.stockLevel.findMany({ where: { zone } });
  return zoneState(zone, levels);
}
