import { z } from 'zod';
import { defineCommand, defineEvent, defineTopic } from './define.ts';
import { byText, type Entities, upsertAll } from './entities.ts';
import { ALL_ROLES, line, Timestamp, text, Uuid } from './primitives.ts';

/** How many views one user may keep. */
export const VIEWS_PER_USER = 50;

/** A name for what a page shows, of one user, on every device. */
export const SavedView = z.object({
  id: Uuid,
  /** The page it belongs to, as `orders`. */
  page: line(40),
  name: line(80),
  /** The page's filters, as it writes them; only that page reads them. */
  search: text(2000),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type SavedView = z.infer<typeof SavedView>;

const ViewResult = z.object({ view: SavedView });
const ViewId = z.object({ viewId: Uuid });

export const viewEvents = {
  view_saved: defineEvent('view_saved', 'A user saved a view of a page, new or changed.', ViewResult),
  view_deleted: defineEvent('view_deleted', 'A user deleted a saved view.', ViewId),
};

export const viewCommands = {
  save_view: defineCommand({
    name: 'save_view',
    summary:
      'Save a view of a page under a name. With the id of one’s own view, change that; else a new one.',
    input: z.strictObject({
      viewId: Uuid.optional(),
      page: SavedView.shape.page,
      name: SavedView.shape.name,
      search: SavedView.shape.search,
    }),
    output: ViewResult,
    roles: ALL_ROLES,
    errors: ['conflict'],
    http: { method: 'POST', path: '/api/views', status: 200 },
  }),
  delete_view: defineCommand({
    name: 'delete_view',
    summary: 'Delete one’s own saved view.',
    input: z.strictObject({ viewId: Uuid }),
    output: ViewId,
    roles: ALL_ROLES,
    errors: ['not_found'],
    http: { method: 'POST', path: '/api/views/{viewId}/delete', status: 200 },
  }),
};

export const viewsTopic = defineTopic({
  pattern: 'views:{id}',
  namespace: '/desk',
  summary: 'The views that one user has saved; nobody else may follow it.',
  access: { roles: ALL_ROLES, self: 'id' },
  snapshot: z.object({ views: z.array(SavedView) }),
  events: Object.values(viewEvents),
  empty: (): Entities<SavedView> => new Map(),
  fold: (state: Entities<SavedView>, events) => {
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
  load: ({ views }): Entities<SavedView> => new Map(views.map((view) => [view.id, view])),
});
