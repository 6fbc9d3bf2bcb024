import type { Zone } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import type { Tx } from '../database/client.ts';
import type { Zone as ZoneRow } from '../database/generated/client.ts';
import { decodeCursor, TextKey, toPage } from '../database/paging.ts';

export const toZone = (row: ZoneRow): Zone => ({
  id: row.id,
  code: row.code,
  name: row.name,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const zoneQueryHandlers: Pick<QueryHandlers, 'list_zones'> = {
  list_zones: async (db, { cursor, limit }) => {
    const after = decodeCursor(TextKey, cursor);
    const [rows, total] = await Promise.all([
      db.zone.findMany({
        ...(after && { where: { code: { gt: after[0] } } }),
        orderBy: { code: 'asc' },
        take: limit + 1,
      }),
      db.zone.count(),
    ]);
    return toPage(rows, limit, total, toZone, (row) => [row.code, row.id]);
  },
};

export async function loadZones(tx: Tx) {
  const rows = await tx.zone.findMany();
  return new Map(rows.map((row) => [row.id, toZone(row)]));
}
