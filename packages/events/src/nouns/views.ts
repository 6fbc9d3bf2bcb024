import { z } from 'zod';
import { defineCommand, defineEvent } from '../base/define.ts';
import { Timestamp, Uuid } from '../base/primitives.ts';
import { ALL_ROLES } from '../base/roles.ts';
import { line, storedLine, text } from '../base/text.ts';

/** A name for what a page shows, of one user, on every device. */
export const SavedView = z.object({
  id: Uuid,
  /** The page it belongs to, as `orders`. */
  page: storedLine(40),
  name: storedLine(80),
  /** The page's filters, as it writes them; only that page reads them. */
  search: z.string().max(2000),
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
      page: line(40),
      name: line(80),
      search: text(2000),
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

export const viewsSnapshot = z.object({ views: z.array(SavedView) });
