import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { DeskToasts, LiveNews } from '../activity/index.ts';
import { useCompany } from '../catalogue/use-company.ts';
import { KeptNews, QueueButton } from '../features/queue/index.ts';
import { withTexts } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { openOverlay } from '../palette/desk-overlay.ts';
import { DeskOverlays } from '../palette/desk-overlays.tsx';
import { useMe } from '../people/me.ts';
import { ConnectionStatus } from '../realtime/index.ts';
import { useSession } from '../session/use-session.ts';
import { Brand } from '../ui/brand.tsx';
import { IconButton } from '../ui/button.tsx';
import { DeskToaster } from '../ui/desk-toaster.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { InMain } from './in-main.ts';
import { Navigation } from './navigation.tsx';
import { NewVersion } from './new-version.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { useDeskActions } from './use-desk-actions.ts';
import { useFocusKept } from './use-focus-kept.ts';
import { useHeadingFocus } from './use-heading-focus.ts';
import { UserMenu } from './user-menu.tsx';

const SignOutDialog = lazyPart(
  withTexts(['queue'], async () => (await import('./sign-out-dialog.tsx')).SignOutDialog),
);

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const signInAgain = useSession(useMe().id);
  useDeskActions();
  useHeadingFocus();
  useFocusKept();
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
        <span className="flex min-w-0 items-center gap-2 font-semibold lg:hidden">
          <Brand className="size-7 shrink-0 rounded-md bg-night p-0.5 text-night-ink" />
          <CompanyName />
        </span>
        <ConnectionStatus onSignIn={signInAgain} />
        {/* Does not shrink: its texts can wrap, so flexbox would make it too narrow and push the last button
            off the screen. */}
        <div className="flex shrink-0 items-center gap-1">
          <QueueButton />
          <IconButton label={t('palette.open')} onClick={() => openOverlay('palette')}>
            <Search aria-hidden className="size-5" />
          </IconButton>
          <UserMenu />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex min-w-0 flex-col outline-none lg:col-start-2">
        <OfflineBanner />
        <DemoBanner />
        <InMain value>{children}</InMain>
      </main>
      <NewVersion />
      <DeskToasts />
      <LiveNews />
      <KeptNews />
      <DeskOverlays SignOut={SignOutDialog} />
      <DeskToaster />
    </div>
  );
}

/** The company's name, or the app's until a company is set. */
function CompanyName() {
  const { t } = useTranslation();
  const company = useCompany();
  return <span className="truncate max-sm:sr-only">{company?.name ?? t('app.name')}</span>;
}
