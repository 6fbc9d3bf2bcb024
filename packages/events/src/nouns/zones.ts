import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../base/define.ts';
import { OFFLINE } from '../base/offline.ts';
import { pageOf, pageParams } from '../base/page.ts';
import { Timestamp, Uuid, Version, ZoneCode } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES, WRITERS } from '../base/roles.ts';
import { line, storedLine } from '../base/text.ts';

export const Zone = z.object({
  id: Uuid,
  code: ZoneCode,
  name: storedLine(200),
  version: Version,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Zone = z.infer<typeof Zone>;

const ZoneResult = z.object({ zone: Zone });

export const zoneEvents = {
  zone_created: defineEvent('zone_created', 'A zone was added.', ZoneResult),
  zone_updated: defineEvent('zone_updated', 'A zone was renamed.', ZoneResult),
};

export const zoneCommands = {
  create_zone: defineCommand({
    name: 'create_zone',
    summary: 'Add a zone; its code must be new.',
    input: z.strictObject({ code: ZoneCode, name: line(200) }),
    output: ZoneResult,
    roles: WRITERS,
    errors: ['conflict'],
    http: { method: 'POST', path: '/api/zones', status: 201 },
  }),
  update_zone: defineCommand({
    name: 'update_zone',
    summary: 'Rename a zone. Its code stays: goods, events and links name it.',
    input: z.strictObject({ zoneId: Uuid, expectedVersion: Version, name: line(200) }),
    output: ZoneResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'PATCH', path: '/api/zones/{zoneId}', status: 200 },
    offline: OFFLINE.update_zone,
  }),
};

export const zoneQueries = {
  list_zones: defineQuery({
    name: 'list_zones',
    summary: 'Zones by code.',
    params: z.strictObject({ ...pageParams }),
    result: pageOf(Zone),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_zones,
  }),
};

export const zonesSnapshot = z.object({ zones: z.array(Zone) });
