import { withTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export { asksAbout, isShort } from './held/missing.ts';
export const MissingDialog = lazyPart(
  withTexts(['order'], async () => (await import('./move/missing-dialog.tsx')).MissingDialog),
);
export { type OldestOrders, type OldestRules, oldestHeld } from './held/oldest-held.ts';
export const PagedOldest = lazyPart(async () => (await import('./held/oldest-orders.tsx')).PagedOldest, {
  placeholder: ({ children }) => children(null),
});
export const NewOrderDialog = lazyPart(
  withTexts(['order'], async () => (await import('./edit/new-order-dialog.tsx')).NewOrderDialog),
);
