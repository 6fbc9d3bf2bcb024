export { ActivityProvider, useActivity } from './activity-provider.tsx';
export { DeskToasts } from './desk-toasts.tsx';
export { useActivityText } from './use-activity-text.ts';
export { eventsBefore } from './history.ts';
