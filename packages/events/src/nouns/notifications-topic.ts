import type { z } from 'zod';
import { defineTopic } from '../base/define.ts';
import { ALL_ROLES } from '../base/roles.ts';
import type { userSnapshot } from './notifications.ts';

type UserState = z.infer<typeof userSnapshot>;

/** One user's own topic. Nothing records notifications yet; the door and its access rule are here. */
export const userTopic = defineTopic<UserState, UserState, never>({
  pattern: 'user:{id}',
  namespace: '/notifications',
  access: { roles: ALL_ROLES, self: 'id' },
  empty: () => ({ notifications: [], unreadCount: 0 }),
  fold: (state) => state,
  view: (state) => state,
  load: (snapshot) => snapshot,
});
