import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Toaster } from 'sonner';
import { useStore } from 'zustand';
import { DeskToasts } from '../activity/index.ts';
import { ConnectionStatus } from '../realtime/index.ts';
import { theme } from '../settings/theme.ts';
import { Brand } from '../ui/brand.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { Navigation } from './navigation.tsx';
import { useSignInAgain } from './use-sign-in-again.ts';
import { UserMenu } from './user-menu.tsx';

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const signInAgain = useSignInAgain();
  return (
    <div className="grid min-h-dvh grid-cols-1 grid-rows-[auto_1fr_auto] lg:grid-cols-[13.5rem_1fr] lg:grid-rows-[auto_1fr]">
      <a
        href="#content"
        className="control sr-only z-50 items-center rounded-lg bg-action px-4 text-on-action focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:inline-flex"
      >
        {t('app.skip')}
      </a>
      <Navigation />
      <header className="print:hidden sticky top-0 z-20 flex min-h-13 items-center justify-between gap-2 border-b border-line bg-surface px-3 lg:col-start-2 lg:px-6">
        <span className="flex items-center gap-2 font-semibold lg:hidden">
          <Brand className="size-7 rounded-md bg-night p-0.5 text-night-ink" />
          <span className="max-sm:sr-only">{t('app.name')}</span>
        </span>
        <ConnectionStatus onSignIn={signInAgain} />
        <UserMenu />
      </header>
      <main id="content" tabIndex={-1} className="flex min-w-0 flex-col outline-none lg:col-start-2">
        <DemoBanner />
        {children}
      </main>
      <DeskToasts />
      <DeskToaster />
    </div>
  );
}

function DeskToaster() {
  const { t } = useTranslation();
  const chosen = useStore(theme);
  return (
    <Toaster
      theme={chosen}
      position="bottom-right"
      containerAriaLabel={t('toast.region')}
      mobileOffset={{ bottom: '5rem' }}
      visibleToasts={4}
    />
  );
}
