import { defineFeature } from '../commands/feature.ts';

export const notificationsFeature = defineFeature({
  name: 'notifications',
  topics: { user: async () => ({ notifications: [], unreadCount: 0 }) },
});
