import { lazyPart } from '../../ui/lazy-part.tsx';

export const ReceiveDialog = lazyPart(async () => (await import('./receive-dialog.tsx')).ReceiveDialog);
