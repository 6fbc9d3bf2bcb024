export { ACTIVITY_KINDS, type ActivityKind, KIND_OF, type ToldEnvelope } from './activity-kinds.ts';
export { ActivityProvider, useActivity } from './activity-provider.tsx';
export { DeskToasts } from './desk-toasts.tsx';
export { LiveNews } from './live-news.tsx';
export { useTeller } from './use-teller.ts';
