import { defineFeature } from '../commands/feature.ts';
import { zoneCommandHandlers } from './commands.ts';
import { loadZones, zoneQueryHandlers } from './queries.ts';

export const zonesFeature = defineFeature({
  name: 'zones',
  commands: zoneCommandHandlers,
  queries: zoneQueryHandlers,
  topics: { zones: loadZones },
});
