import { defineFeature } from '../commands/feature.ts';
import { userQueryHandlers } from './queries.ts';

export const usersFeature = defineFeature({
  name: 'users',
  queries: userQueryHandlers,
});
