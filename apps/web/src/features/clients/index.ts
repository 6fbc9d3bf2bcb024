import { withTexts } from '../../i18n/i18n.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

export const ClientDialog = lazyPart(
  withTexts(['clients'], async () => (await import('./client-dialog.tsx')).ClientDialog),
);
