import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../base/define.ts';
import { OFFLINE } from '../base/offline.ts';
import { foundPageOf, pageParams, searchParam } from '../base/page.ts';
import { Currency, Timestamp, Uuid, Version } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES, WRITERS } from '../base/roles.ts';
import { line, storedLine, text } from '../base/text.ts';

export const Client = z.object({
  id: Uuid,
  name: storedLine(200),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  country: z.string().nullable(),
  notes: z.string().nullable(),
  archived: z.boolean(),
  /** The client that this one turned out to be: its open orders are that one's, its history is found there. */
  mergedInto: Uuid.nullable(),
  version: Version,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Client = z.infer<typeof Client>;

const fields = {
  email: z.email().max(254).nullable().optional(),
  phone: line(50).nullable().optional(),
  country: line(100).nullable().optional(),
  notes: text(4000).nullable().optional(),
};
const ClientResult = z.object({ client: Client });

export const clientEvents = {
  client_created: defineEvent('client_created', 'A client was added.', ClientResult),
  client_updated: defineEvent('client_updated', 'A client was changed.', ClientResult),
  client_archived: defineEvent('client_archived', 'A client was put away: no new orders.', ClientResult),
  client_merged: defineEvent(
    'client_merged',
    'Two clients turned out to be one: `merged` was put away, `client` is kept.',
    z.object({ client: Client, merged: Client }),
  ),
};

export const clientCommands = {
  create_client: defineCommand({
    name: 'create_client',
    summary: 'Add a client; who gives it an id can name it before the answer has come.',
    input: z.strictObject({ clientId: Uuid.optional(), name: line(200), ...fields }),
    output: ClientResult,
    roles: WRITERS,
    errors: ['conflict'],
    http: { method: 'POST', path: '/api/clients', status: 201 },
    offline: OFFLINE.create_client,
  }),
  update_client: defineCommand({
    name: 'update_client',
    summary: 'Change a client; what is left out stays, null clears.',
    input: z.strictObject({
      clientId: Uuid,
      expectedVersion: Version,
      name: line(200).optional(),
      ...fields,
    }),
    output: ClientResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'PATCH', path: '/api/clients/{clientId}', status: 200 },
    offline: OFFLINE.update_client,
  }),
  archive_client: defineCommand({
    name: 'archive_client',
    summary: 'Put a client away: kept with its history, offered for no new order.',
    input: z.strictObject({ clientId: Uuid, expectedVersion: Version.optional() }),
    output: ClientResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'POST', path: '/api/clients/{clientId}/archive', status: 200 },
    offline: OFFLINE.archive_client,
  }),
  merge_clients: defineCommand({
    name: 'merge_clients',
    summary:
      'Make two clients one: open orders move to the kept one, whose empty fields are filled; the other is archived. What is left out stays, or comes from the duplicate where it is empty.',
    input: z.strictObject({
      clientId: Uuid,
      duplicateId: Uuid,
      expectedVersion: Version.optional(),
      duplicateVersion: Version.optional(),
      name: line(200).optional(),
      ...fields,
    }),
    output: z.object({ client: Client, merged: Client }),
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'POST', path: '/api/clients/{clientId}/merge', status: 200 },
    offline: OFFLINE.merge_clients,
  }),
};

export const clientQueries = {
  list_clients: defineQuery({
    name: 'list_clients',
    summary: 'Clients by name.',
    params: z.strictObject({
      ...pageParams,
      ...searchParam,
      archived: z.stringbool().default(false),
      /** Archived ones and the others. */
      all: z.stringbool().default(false),
    }),
    result: foundPageOf(Client),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_clients,
  }),
  get_client: defineQuery({
    name: 'get_client',
    summary: 'One client.',
    params: z.strictObject({ clientId: Uuid }),
    result: ClientResult,
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_client,
  }),
  get_client_figures: defineQuery({
    name: 'get_client_figures',
    summary: 'What a client has ordered, with all that was merged into it; cancelled orders do not count.',
    params: z.strictObject({ clientId: Uuid }),
    result: z.object({
      orders: z.int(),
      open: z.int(),
      lastOrderAt: Timestamp.nullable(),
      totals: z.array(z.object({ currency: Currency, amount: z.int() })),
    }),
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_client_figures,
  }),
};

export const clientsSnapshot = z.object({ clients: z.array(Client), total: z.int(), truncated: z.boolean() });
