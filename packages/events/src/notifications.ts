import { z } from 'zod';
import { defineTopic } from './define.ts';
import { ALL_ROLES, Timestamp, Uuid } from './primitives.ts';

export const Notification = z.object({
  id: Uuid,
  type: z.string(),
  priority: z.enum(['low', 'normal', 'high', 'critical']),
  subject: z.string(),
  message: z.string(),
  link: z.string().nullable(),
  createdAt: Timestamp,
  deliveredAt: Timestamp.nullable(),
  readAt: Timestamp.nullable(),
});

/** One user's own topic. Nothing records notifications yet; the door and its access rule are here. */
export const userTopic = defineTopic({
  pattern: 'user:{id}',
  namespace: '/notifications',
  summary: 'What one user is told; nobody else may follow it.',
  access: { roles: ALL_ROLES, self: 'id' },
  snapshot: z.object({ notifications: z.array(Notification), unreadCount: z.int().min(0) }),
  events: [],
  empty: () => ({ notifications: [], unreadCount: 0 }),
  fold: (state: { notifications: z.infer<typeof Notification>[]; unreadCount: number }) => state,
  view: (state) => state,
  load: (snapshot) => snapshot,
});
