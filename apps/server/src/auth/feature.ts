import { defineFeature } from '../commands/feature.ts';
import { accountQueryHandlers } from './queries.ts';

/** Of accounts only what is read: what changes them is in no log, and goes over routes of its own. */
export const authFeature = defineFeature({
  name: 'auth',
  queries: accountQueryHandlers,
});
