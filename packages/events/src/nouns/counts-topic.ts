import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { byText, type Entities } from '../base/entities.ts';
import { ALL_ROLES } from '../base/roles.ts';
import type { ClosedCount, CountEntry, CountStart, countEvents, countSnapshot } from './counts.ts';

/** How many products one count may hold. */
export const MOST_COUNTED = 10_000;

interface CountState {
  readonly zone: string;
  readonly open: z.infer<typeof CountStart> | null;
  /** By product. */
  readonly entries: Entities<CountEntry>;
  readonly last: ClosedCount | null;
}

export const countTopic = defineTopic<CountState, z.infer<typeof countSnapshot>, EventOf<typeof countEvents>>(
  {
    pattern: 'count:{zone}',
    namespace: '/desk',
    access: { roles: ALL_ROLES },
    empty: ({ zone = '' }) => ({ zone, open: null, entries: new Map(), last: null }),
    fold: (state, events) => {
      const entries = new Map(state.entries);
      let { open, last } = state;
      for (const { type, data } of events) {
        if (type === 'count_recorded') {
          if (data.entry === null) entries.delete(data.productId);
          else entries.set(data.productId, data.entry);
          continue;
        }
        entries.clear();
        open = type === 'count_started' ? data.count : null;
        if (type !== 'count_started') last = data.count;
      }
      return { ...state, open, entries, last };
    },
    view: ({ zone, open, entries, last }) => ({
      zone,
      count: open && {
        ...open,
        entries: [...entries.values()].sort((a, b) => byText(a.productId, b.productId)),
      },
      last,
    }),
    load: ({ zone, count, last }) => {
      const { entries = [], ...open } = count ?? {};
      return {
        zone,
        open: 'id' in open ? open : null,
        entries: new Map(entries.map((entry) => [entry.productId, entry])),
        last,
      };
    },
  },
);
