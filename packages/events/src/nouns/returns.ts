import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../base/define.ts';
import { OFFLINE } from '../base/offline.ts';
import { foundPageOf, pageParams, searchParam } from '../base/page.ts';
import { Money, Quantity, Timestamp, Uuid, ZoneCode } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES, WRITERS } from '../base/roles.ts';
import { line } from '../base/text.ts';
import { goodsLines } from './inventory.ts';

/** Goods a client gave back. They are on hand again in the zone of each line. */
export const Return = z.object({
  id: Uuid,
  /** The document's name where it came from, for imported returns. */
  reference: z.string().nullable(),
  clientId: Uuid,
  clientName: z.string(),
  orderId: Uuid.nullable(),
  lines: z.array(
    z.object({
      id: Uuid,
      productId: Uuid,
      sku: z.string(),
      name: z.string(),
      quantity: Quantity,
      unitPrice: Money,
      /** Null for what is never on a shelf. */
      zone: ZoneCode.nullable(),
    }),
  ),
  reason: z.string().nullable(),
  createdAt: Timestamp,
});
export type Return = z.infer<typeof Return>;

const ReturnResult = z.object({ return: Return });

export const returnEvents = {
  return_recorded: defineEvent('return_recorded', 'A client gave goods back.', ReturnResult),
};

export const returnCommands = {
  record_return: defineCommand({
    name: 'record_return',
    summary:
      'Take goods back. Without a zone they go where the order took them from, or else to the first zone.',
    input: z.strictObject({
      clientId: Uuid,
      lines: goodsLines,
      orderId: Uuid.optional(),
      reason: line(500).optional(),
    }),
    output: ReturnResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'POST', path: '/api/returns', status: 201 },
    offline: OFFLINE.record_return,
  }),
};

export const returnQueries = {
  list_returns: defineQuery({
    name: 'list_returns',
    summary: 'Returns, newest first.',
    params: z.strictObject({
      ...pageParams,
      ...searchParam,
      clientId: Uuid.optional(),
      orderId: Uuid.optional(),
    }),
    result: foundPageOf(Return),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_returns,
  }),
};
