import { withTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export { asksAbout, isShort } from './missing.ts';
export const MissingDialog = lazyPart(
  withTexts(['order'], async () => (await import('./missing-dialog.tsx')).MissingDialog),
);
export { type OldestOrders, type OldestRules, oldestHeld } from './oldest-held.ts';
export const PagedOldest = lazyPart(async () => (await import('./oldest-orders.tsx')).PagedOldest, {
  placeholder: ({ children }) => children(null),
});
export const NewOrderDialog = lazyPart(
  withTexts(['order'], async () => (await import('./new-order-dialog.tsx')).NewOrderDialog),
);
