import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { ALL_ROLES } from '../base/roles.ts';
import type { companyEvents, companySnapshot } from './company.ts';

/** An open order older than this is late, unless the company says otherwise. */
export const LATE_AFTER_HOURS = 24;

type State = z.infer<typeof companySnapshot>;

export const companyTopic = defineTopic<State, State, EventOf<typeof companyEvents>>({
  pattern: 'company',
  namespace: '/desk',
  access: { roles: ALL_ROLES },
  empty: () => ({ company: null }),
  fold: (state, events) => {
    const last = events.at(-1);
    return last ? { company: last.data.company } : state;
  },
  view: (state) => state,
  load: (snapshot) => snapshot,
});
