import { LEVELS_IN_SNAPSHOT } from '@almenara/events';
import { defineFeature } from '../commands/feature.ts';
import { inventoryCommandHandlers } from './commands.ts';
import { inventoryQueryHandlers, loadZoneLevels } from './queries.ts';
import { tellLowStock } from './reactions.ts';

export const inventoryFeature = defineFeature({
  name: 'inventory',
  commands: inventoryCommandHandlers,
  queries: inventoryQueryHandlers,
  topics: { inventory: (tx, { zone = '' }) => loadZoneLevels(tx, zone, LEVELS_IN_SNAPSHOT) },
  reactions: [tellLowStock],
});
