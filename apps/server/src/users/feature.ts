import { defineFeature } from '../commands/feature.ts';
import { loadPeople, userQueryHandlers } from './queries.ts';

export const usersFeature = defineFeature({
  name: 'users',
  queries: userQueryHandlers,
  topics: { people: loadPeople },
});
