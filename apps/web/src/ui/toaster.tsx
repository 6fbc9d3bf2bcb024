import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { useStore } from 'zustand';
import { useTranslation } from '../i18n/use-translation.ts';
import { theme } from '../settings/theme.ts';
import { toasterStands } from './toast.ts';
import { useNarrow } from './use-narrow.ts';

export function Toaster() {
  const { t } = useTranslation();
  const chosen = useStore(theme);
  const narrow = useNarrow();
  // After the effects of what it renders: sonner listens by then.
  useEffect(() => toasterStands(toast), []);
  return (
    <Sonner
      theme={chosen}
      // On a phone sheets and their buttons are at the bottom: a toast there would lie on what is pressed next.
      position={narrow ? 'top-center' : 'bottom-right'}
      containerAriaLabel={t('toast.region')}
      offset={{ bottom: 'var(--below-toasts)', right: '1.5rem' }}
      mobileOffset={{ top: 'calc(0.5rem + env(safe-area-inset-top))' }}
      visibleToasts={4}
    />
  );
}
