import { defineFeature } from '../commands/feature.ts';
import { figureQueryHandlers } from './queries.ts';

export const figuresFeature = defineFeature({
  name: 'figures',
  queries: figureQueryHandlers,
});
