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
  // Effects of children run first, so sonner listens by now.
  useEffect(() => toasterStands(toast), []);
  return (
    <Sonner
      theme={chosen}
      // At the top on a phone: sheets have their buttons at the bottom, and a toast would cover the one that is
      // pressed next.
      position={narrow ? 'top-center' : 'bottom-right'}
      containerAriaLabel={t('toast.region')}
      offset={{ bottom: 'var(--below-toasts)', right: '1.5rem' }}
      mobileOffset={{ top: 'calc(0.5rem + env(safe-area-inset-top))' }}
      visibleToasts={4}
    />
  );
}
