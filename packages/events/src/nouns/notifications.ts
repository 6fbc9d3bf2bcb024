import { z } from 'zod';
import { Timestamp, Uuid } from '../base/primitives.ts';

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

export const userSnapshot = z.object({ notifications: z.array(Notification), unreadCount: z.int().min(0) });
