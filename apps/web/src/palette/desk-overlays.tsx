import { type ComponentType, useEffect } from 'react';
import { useStore } from 'zustand';
import { ClientDialog } from '../features/clients/index.ts';
import { ReceiveDialog } from '../features/inventory/index.ts';
import { NewOrderDialog } from '../features/orders/index.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { closeOverlay, overlay } from './desk-overlay.ts';
import { listenForShortcuts } from './shortcuts.ts';

const Palette = lazyPart(async () => (await import('./palette.tsx')).Palette);
const HelpSheet = lazyPart(async () => (await import('./help-sheet.tsx')).HelpSheet);

/** What keys and the palette open over whichever page. `SignOut` asks before commands that are not sent are left here. */
export function DeskOverlays({ SignOut }: { SignOut: ComponentType<{ onClose: () => void }> }) {
  const open = useStore(overlay);
  useEffect(listenForShortcuts, []);
  switch (open) {
    case 'palette':
      return <Palette onClose={closeOverlay} />;
    case 'help':
      return <HelpSheet onClose={closeOverlay} />;
    case 'new_order':
      return <NewOrderDialog onClose={closeOverlay} />;
    case 'receive':
      return <ReceiveDialog product={null} zone={null} onClose={closeOverlay} />;
    case 'new_client':
      return <ClientDialog client={null} onClose={closeOverlay} />;
    case 'sign_out':
      return <SignOut onClose={closeOverlay} />;
    case null:
      return null;
  }
}
