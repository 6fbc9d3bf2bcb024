import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { byText, type Entities, upsertAll } from '../base/entities.ts';
import { ALL_ROLES } from '../base/roles.ts';
import type { SavedView, viewEvents, viewsSnapshot } from './views.ts';

/** How many views one user may keep. */
export const VIEWS_PER_USER = 50;

export const viewsTopic = defineTopic<
  Entities<SavedView>,
  z.infer<typeof viewsSnapshot>,
  EventOf<typeof viewEvents>
>({
  pattern: 'views:{id}',
  namespace: '/desk',
  access: { roles: ALL_ROLES, self: 'id' },
  empty: () => new Map(),
  fold: (state, events) => {
    let views = state;
    for (const event of events) {
      if (event.type === 'view_saved') views = upsertAll(views, [event.data.view]);
      else views = new Map([...views].filter(([id]) => id !== event.data.viewId));
    }
    return views;
  },
  view: (views) => ({
    views: [...views.values()].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id)),
  }),
  load: ({ views }) => new Map(views.map((view) => [view.id, view])),
});
