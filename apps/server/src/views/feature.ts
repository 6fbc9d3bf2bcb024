import { defineFeature } from '../commands/feature.ts';
import { viewCommandHandlers } from './commands.ts';
import { loadViews } from './queries.ts';

export const viewsFeature = defineFeature({
  name: 'views',
  commands: viewCommandHandlers,
  topics: { views: (tx, { id = '' }) => loadViews(tx, id) },
});
