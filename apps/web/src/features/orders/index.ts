import { withTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export { asksAbout, isShort, isWithoutLines, lineCountOf } from './missing.ts';
export const MissingDialog = lazyPart(
  withTexts(['order'], async () => (await import('./missing-dialog.tsx')).MissingDialog),
);
export { useOldestOrders } from './use-oldest-orders.ts';
export const NewOrderDialog = lazyPart(
  withTexts(['order'], async () => (await import('./new-order-dialog.tsx')).NewOrderDialog),
);
