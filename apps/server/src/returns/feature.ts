import { defineFeature } from '../commands/feature.ts';
import { returnCommandHandlers } from './commands.ts';
import { returnQueryHandlers } from './queries.ts';

export const returnsFeature = defineFeature({
  name: 'returns',
  commands: returnCommandHandlers,
  queries: returnQueryHandlers,
});
