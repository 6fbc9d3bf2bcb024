import { lazyPart } from '../../ui/lazy-part.tsx';

export { isShort } from './board-columns.ts';
export const NewOrderDialog = lazyPart(async () => (await import('./new-order-dialog.tsx')).NewOrderDialog);
