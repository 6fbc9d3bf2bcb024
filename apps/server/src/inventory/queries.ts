import { inventoryTopic, MovementKind } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import type { Tx } from '../database/client.ts';
import { decodeCursor, IdKey, toPage } from '../database/paging.ts';
import { readStockHistory } from './history.ts';
import { listLevels, readStockFigures } from './levels.ts';

type InventoryQueries = Pick<
  QueryHandlers,
  'get_stock_figures' | 'list_levels' | 'list_movements' | 'get_stock_history'
>;

export const inventoryQueryHandlers: InventoryQueries = {
  get_stock_history: readStockHistory,

  get_stock_figures: readStockFigures,
  list_levels: listLevels,

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

/** The state of topic `inventory:{zone}`, the levels changed last and how many there are; null where there is no such zone. */
export async function loadZoneLevels(tx: Tx, zone: string, limit: number) {
  if (!(await tx.zone.findUnique({ where: { code: zone } }))) return null;
  const rows = await tx.stockLevel.findMany({
    where: { zone },
    orderBy: [{ updatedAt: 'desc' }, { productId: 'desc' }],
    take: limit,
  });
  const levels = rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
  const total = await tx.stockLevel.count({ where: { zone } });
  return inventoryTopic.load({ zone, levels, total, truncated: false });
}
