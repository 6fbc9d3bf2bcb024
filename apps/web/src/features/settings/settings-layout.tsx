import { Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { clsx } from 'clsx';
import {
  Building2,
  ChevronLeft,
  ChevronRight,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  ShieldCheck,
  UserRound,
  Users,
} from 'lucide-react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRole } from '../../people/me.ts';

const OWN = [
  { to: '/settings/you', name: 'you', icon: UserRound },
  { to: '/settings/devices', name: 'devices', icon: MonitorSmartphone },
] as const satisfies readonly { to: string; name: string; icon: LucideIcon }[];
const DESK = [{ to: '/settings/company', name: 'company', icon: Building2 }] as const;
const ADMIN = [
  { to: '/settings/people', name: 'people', icon: Users },
  { to: '/settings/keys', name: 'keys', icon: KeyRound },
  { to: '/settings/sign-ins', name: 'sign_ins', icon: ShieldCheck },
] as const;

type Entry = (typeof OWN | typeof DESK | typeof ADMIN)[number];

/** Side by side on a desk; on a phone first the list, then the page that was chosen, with a way back. */
export function SettingsLayout() {
  const { t } = useTranslation();
  const role = useRole();
  const atIndex = useMatchRoute()({ to: '/settings' }) !== false;
  return (
    <div className="flex min-w-0 flex-1 flex-col lg:flex-row">
      <nav
        aria-label={t('settings.title')}
        className={clsx(
          'flex flex-col gap-5 p-4 lg:w-60 lg:shrink-0 lg:border-r lg:border-line lg:px-3 lg:py-6',
          !atIndex && 'max-lg:hidden',
        )}
      >
        {atIndex ? (
          <h1
            tabIndex={-1}
            className="outline-none text-2xl leading-tight font-semibold tracking-tight lg:hidden"
          >
            {t('settings.title')}
          </h1>
        ) : null}
        <Group title={t('settings.group_own')} entries={OWN} />
        <Group title={t('settings.group_desk')} entries={role === 'admin' ? [...DESK, ...ADMIN] : DESK} />
      </nav>
      <div className={clsx('flex min-w-0 flex-1 flex-col', atIndex && 'max-lg:hidden')}>
        <Link
          to="/settings"
          className="control -mb-4 inline-flex items-center gap-1 self-start px-3 pt-2 text-soft hover:text-ink lg:hidden"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {t('settings.back')}
        </Link>
        <div className="flex w-full max-w-5xl flex-1 flex-col">
          <Outlet />
        </div>
      </div>
    </div>
  );
}

function Group({ title, entries }: { title: string; entries: readonly Entry[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <p className="px-3 pb-1 text-sm font-medium text-soft">{title}</p>
      <ul className="max-lg:divide-y max-lg:divide-line max-lg:overflow-hidden max-lg:rounded-xl max-lg:border max-lg:border-line max-lg:bg-surface">
        {entries.map(({ to, name, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="control flex items-center gap-3 px-3 hover:bg-sunken lg:rounded-lg"
              activeProps={{ className: 'bg-sunken font-semibold shadow-[inset_3px_0_0_var(--signal)]' }}
            >
              <Icon aria-hidden className="size-4.5 shrink-0 text-soft" />
              <span className="min-w-0 flex-1 truncate">{t(`settings.${name}`)}</span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-soft lg:hidden" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
