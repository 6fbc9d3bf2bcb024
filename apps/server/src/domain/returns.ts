import { Return } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { Return as ReturnRow } from '../database/generated/client.ts';

export const toReturn = (row: ReturnRow): Return => ({
  id: row.id,
  reference: row.reference,
  clientId: row.clientId,
  clientName: row.clientName,
  orderId: row.orderId,
  lines: Return.shape.lines.parse(row.lines),
  reason: row.reason,
  createdAt: row.createdAt.toISOString(),
});

export async function insertReturn(db: Tx, { createdAt, ...row }: Return): Promise<void> {
  await db.return.create({ data: { ...row, createdAt: new Date(createdAt) } });
}
