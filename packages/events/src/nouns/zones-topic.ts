import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { byText, type Entities, upsertAll } from '../base/entities.ts';
import { ALL_ROLES } from '../base/roles.ts';
import type { Zone, zoneEvents, zonesSnapshot } from './zones.ts';

export const zonesTopic = defineTopic<
  Entities<Zone>,
  z.infer<typeof zonesSnapshot>,
  EventOf<typeof zoneEvents>
>({
  pattern: 'zones',
  namespace: '/desk',
  access: { roles: ALL_ROLES },
  empty: () => new Map(),
  fold: (zones, events) =>
    upsertAll(
      zones,
      events.map((event) => event.data.zone),
    ),
  view: (zones) => ({ zones: [...zones.values()].sort((a, b) => byText(a.code, b.code)) }),
  load: ({ zones }) => new Map(zones.map((zone) => [zone.id, zone])),
});
