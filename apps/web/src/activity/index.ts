export { ActivityProvider, useActivity } from './activity-provider.tsx';
export { DeskToasts } from './desk-toasts.tsx';
export { eventsBefore } from './history.ts';
export { useActivityText } from './use-activity-text.ts';
