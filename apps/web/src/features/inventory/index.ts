import { withTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export const ReceiveDialog = lazyPart(
  withTexts(['inventory'], async () => (await import('./receive-dialog.tsx')).ReceiveDialog),
);
