import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { useStore } from 'zustand';
import { useTranslation } from '../i18n/use-translation.ts';
import { theme } from '../settings/theme.ts';
import { toasterStands } from './toast.ts';

export function Toaster() {
  const { t } = useTranslation();
  const chosen = useStore(theme);
  // After the effects of what it renders: sonner listens by then.
  useEffect(() => toasterStands(toast), []);
  return (
    <Sonner
      theme={chosen}
      position="bottom-right"
      containerAriaLabel={t('toast.region')}
      offset={{ bottom: 'var(--below-toasts)', right: '1.5rem' }}
      mobileOffset={{ bottom: 'calc(5rem + env(safe-area-inset-bottom))' }}
      visibleToasts={4}
    />
  );
}
