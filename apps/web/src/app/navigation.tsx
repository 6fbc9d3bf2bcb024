import { Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Ellipsis } from 'lucide-react';
import { useStore } from 'zustand';
import { openOf } from '../catalogue/open-orders.ts';
import { useCompany } from '../catalogue/use-company.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { shortcutsOn } from '../palette/shortcuts.ts';
import { useRole } from '../people/me.ts';
import { useTopicPart } from '../realtime/index.ts';
import { Brand } from '../ui/brand.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { type DeskPage, pagesFor } from './pages.ts';

const ITEM =
  'group flex min-h-14 w-full flex-col items-center justify-center gap-0.5 text-[0.8rem] text-night-soft transition-colors hover:text-night-ink focus-visible:outline-signal lg:min-h-10 lg:pointer-coarse:min-h-[44px] lg:flex-row lg:justify-start lg:gap-3 lg:rounded-lg lg:px-3 lg:text-[0.95rem] lg:hover:bg-night-line';
const CURRENT = {
  className:
    'text-white! font-semibold lg:bg-night-line shadow-[inset_0_2px_0_var(--signal)] lg:shadow-[inset_3px_0_0_var(--signal)]',
};

/**
 * The list of pages: at the side on a wide screen, at the bottom within reach of the thumb on a phone or an
 * upright tablet.
 */
export function Navigation() {
  const { t } = useTranslation();
  const pages = pagesFor(useRole());
  const company = useCompany();
  return (
    <nav
      aria-label={t('nav.main')}
      className="print:hidden order-last sticky bottom-0 z-20 bg-night pb-[env(safe-area-inset-bottom)] text-night-ink lg:order-none lg:top-0 lg:row-span-2 lg:row-start-1 lg:h-dvh lg:px-3 lg:py-4"
    >
      <div className="hidden items-center gap-2.5 px-2 pb-6 lg:flex">
        <Brand className="size-8 shrink-0" />
        <span className="min-w-0">
          <span className="block text-lg leading-tight font-semibold tracking-tight">{t('app.name')}</span>
          {company && (
            <span title={company.name} className="block truncate text-sm leading-tight text-night-soft">
              {company.name}
            </span>
          )}
        </span>
      </div>
      <ul className="flex lg:flex-col lg:gap-1">
        {pages.map((page) => (
          <li key={page.to} className={clsx('flex-1', page.place !== 'main' && 'max-sm:hidden')}>
            <PageLink page={page} />
          </li>
        ))}
        <More pages={pages.filter(({ place }) => place !== 'main')} />
      </ul>
    </nav>
  );
}

function PageLink({ page: { to, name, icon: Icon, keys } }: { page: DeskPage }) {
  const { t } = useTranslation();
  const on = useStore(shortcutsOn);
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/' }}
      {...(on && { title: `${t(`nav.${name}`)} (${keys})`, 'aria-keyshortcuts': keys })}
      className={ITEM}
      activeProps={CURRENT}
    >
      <Icon aria-hidden className="size-5 shrink-0 group-aria-[current=page]:text-signal" />
      {t(`nav.${name}`)}
      {name === 'orders' && <OpenOrders />}
    </Link>
  );
}

function OpenOrders() {
  const open = useTopicPart('orders', ({ counts }) => openOf(counts));
  if (open === null || open === 0) return null;
  return (
    <span className="hidden rounded-md bg-night-line px-1.5 text-sm text-night-ink group-aria-[current=page]:bg-night lg:ml-auto lg:inline">
      {open.toLocaleString(document.documentElement.lang)}
    </span>
  );
}

/** What a phone's bar has no room for. */
function More({ pages }: { pages: readonly DeskPage[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const match = useMatchRoute();
  const isHere = pages.some(({ to }) => match({ to, fuzzy: true }) !== false);
  if (pages.length === 0) return null;
  return (
    <li className="grid flex-1 sm:hidden">
      <MenuButton
        label={t('nav.more')}
        side="top"
        current={isHere}
        className={clsx(ITEM, isHere && CURRENT.className)}
        entries={pages.map(({ to, name, icon: Icon }) => ({
          kind: 'action',
          id: name,
          label: t(`nav.${name}`),
          icon: <Icon aria-hidden className="size-4.5" />,
          onSelect: () => void navigate({ to }),
        }))}
      >
        <Ellipsis aria-hidden className="size-5 shrink-0 group-aria-[current=true]:text-signal" />
        {t('nav.more')}
      </MenuButton>
    </li>
  );
}
