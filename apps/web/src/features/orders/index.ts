import { withTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export { isShort } from './board-columns.ts';
export const NewOrderDialog = lazyPart(
  withTexts(['order'], async () => (await import('./new-order-dialog.tsx')).NewOrderDialog),
);
