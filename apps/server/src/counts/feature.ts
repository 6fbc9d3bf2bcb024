import { defineFeature } from '../commands/feature.ts';
import { countCommandHandlers } from './commands.ts';
import { loadCount } from './queries.ts';

export const countsFeature = defineFeature({
  name: 'counts',
  commands: countCommandHandlers,
  topics: { count: (tx, { zone = '' }) => loadCount(tx, zone) },
});
