import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery, defineTopic } from './define.ts';
import { byText, type Entities, upsertAll } from './entities.ts';
import { pageOf, pageParams } from './page.ts';
import { ALL_ROLES, line, Timestamp, Uuid, Version, WRITERS, ZoneCode } from './primitives.ts';

export const Zone = z.object({
  id: Uuid,
  code: ZoneCode,
  name: line(200),
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
  }),
};

export const zoneQueries = {
  list_zones: defineQuery({
    name: 'list_zones',
    summary: 'Zones by code.',
    params: z.strictObject({ ...pageParams }),
    result: pageOf(Zone),
    roles: ALL_ROLES,
    path: '/api/zones',
  }),
};

export const zonesTopic = defineTopic({
  pattern: 'zones',
  namespace: '/desk',
  summary: 'Every zone.',
  access: { roles: ALL_ROLES },
  snapshot: z.object({ zones: z.array(Zone) }),
  events: Object.values(zoneEvents),
  empty: (): Entities<Zone> => new Map(),
  fold: (zones: Entities<Zone>, events) =>
    upsertAll(
      zones,
      events.map((event) => event.data.zone),
    ),
  view: (zones) => ({ zones: [...zones.values()].sort((a, b) => byText(a.code, b.code)) }),
  load: ({ zones }): Entities<Zone> => new Map(zones.map((zone) => [zone.id, zone])),
});
