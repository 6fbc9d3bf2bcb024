import { isClosed } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { ClipboardList, Gauge, type LucideIcon, Users, Warehouse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTopicPart } from '../realtime/index.ts';
import { Brand } from '../ui/brand.tsx';

const PAGES = [
  { to: '/', name: 'overview', icon: Gauge },
  { to: '/orders', name: 'orders', icon: ClipboardList },
  { to: '/inventory', name: 'inventory', icon: Warehouse },
  { to: '/clients', name: 'clients', icon: Users },
] as const satisfies readonly { to: string; name: string; icon: LucideIcon }[];

/** At the side of a desk, under the thumb on a phone. */
export function Navigation() {
  const { t } = useTranslation();
  const open = useTopicPart(
    'orders',
    ({ orders }) => orders.filter((order) => !isClosed(order.status)).length,
  );
  return (
    <nav
      aria-label={t('nav.main')}
      className="print:hidden order-last sticky bottom-0 z-20 bg-night pb-[env(safe-area-inset-bottom)] text-night-ink lg:order-none lg:top-0 lg:row-span-2 lg:row-start-1 lg:h-dvh lg:px-3 lg:py-4"
    >
      <div className="hidden items-center gap-2.5 px-2 pb-6 lg:flex">
        <Brand className="size-8" />
        <span className="text-lg font-semibold tracking-tight">{t('app.name')}</span>
      </div>
      <ul className="flex lg:flex-col lg:gap-1">
        {PAGES.map(({ to, name, icon: Icon }) => (
          <li key={to} className="flex-1">
            <Link
              to={to}
              activeOptions={{ exact: to === '/' }}
              className="group flex min-h-14 flex-col items-center justify-center gap-0.5 text-[0.8rem] text-night-soft transition-colors hover:text-night-ink focus-visible:outline-signal lg:min-h-10 lg:flex-row lg:justify-start lg:gap-3 lg:rounded-lg lg:px-3 lg:text-[0.95rem] lg:hover:bg-night-line"
              activeProps={{
                className:
                  'text-white! font-semibold lg:bg-night-line shadow-[inset_0_2px_0_var(--signal)] lg:shadow-[inset_3px_0_0_var(--signal)]',
              }}
            >
              <Icon aria-hidden className="size-5 shrink-0 group-aria-[current=page]:text-signal" />
              {t(`nav.${name}`)}
              {name === 'orders' && open !== null && open > 0 && (
                <span className="hidden rounded-md bg-night-line px-1.5 text-sm text-night-ink group-aria-[current=page]:bg-night lg:ml-auto lg:inline">
                  {open}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
