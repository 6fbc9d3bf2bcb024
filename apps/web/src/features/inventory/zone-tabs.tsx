import type { Zone } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const TAB =
  'control inline-flex items-center gap-2 rounded-lg px-3.5 font-medium whitespace-nowrap text-soft hover:bg-sunken hover:text-ink';
const ACTIVE = {
  className: 'bg-surface! text-ink! shadow-[inset_0_0_0_1px_var(--line),inset_0_-2px_0_var(--signal)]',
};

/** Each zone is a page of its own, with an address to keep or send. */
export function ZoneTabs({ zones }: { zones: readonly Zone[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('inventory.zones')} className="-mx-4 overflow-x-auto px-4 py-0.5 lg:mx-0 lg:px-0.5">
      <ul className="flex gap-1">
        <li>
          <Link to="/inventory" activeOptions={{ exact: true }} className={TAB} activeProps={ACTIVE}>
            {t('inventory.all')}
          </Link>
        </li>
        {zones.map(({ code, name }) => (
          <li key={code}>
            <Link to="/inventory/$zone" params={{ zone: code }} className={TAB} activeProps={ACTIVE}>
              <span className="font-mono font-semibold">{code}</span>
              <span className="max-w-40 truncate">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
