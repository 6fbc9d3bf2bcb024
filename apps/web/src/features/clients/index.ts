import { lazyPart } from '../../ui/lazy-part.tsx';

export const ClientDialog = lazyPart(async () => (await import('./client-dialog.tsx')).ClientDialog);
