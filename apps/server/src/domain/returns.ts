import { Return } from '@almenara/events';
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
