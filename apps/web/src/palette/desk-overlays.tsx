import { useEffect } from 'react';
import { useStore } from 'zustand';
import { ClientDialog } from '../features/clients/index.ts';
import { ReceiveDialog } from '../features/inventory/index.ts';
import { NewOrderDialog } from '../features/orders/index.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { useIdle } from '../ui/use-idle.ts';
import { closeOverlay, overlay } from './desk-overlay.ts';
import { listenForShortcuts } from './shortcuts.ts';

const loadPalette = async () => (await import('./palette.tsx')).Palette;
const Palette = lazyPart(loadPalette);
const HelpSheet = lazyPart(async () => (await import('./help-sheet.tsx')).HelpSheet);

/** What keys and the palette open over whichever page. */
export function DeskOverlays() {
  const open = useStore(overlay);
  const idle = useIdle();
  useEffect(listenForShortcuts, []);
  useEffect(() => {
    // Who presses its keys types on at once.
    if (idle) void loadPalette();
  }, [idle]);
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
    case null:
      return null;
  }
}
