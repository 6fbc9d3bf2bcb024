import type { Zone } from '@almenara/events';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useStockSummary } from '../../catalogue/use-stock.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import type { StockSearch } from './stock-search.ts';

const TAB =
  'control inline-flex items-center gap-2 rounded-lg px-3.5 font-medium whitespace-nowrap text-soft hover:bg-sunken hover:text-ink';
const ACTIVE = {
  className: 'bg-surface! text-ink! shadow-[inset_0_0_0_1px_var(--line),inset_0_-2px_0_var(--signal)]',
};
const ANY_SEARCH = { exact: true, includeSearch: false };
/** Two tabs lead to the same path, with and without `low`: only the search part says which of them is open. */
const OTHER_SEARCH = { exact: true, includeSearch: true };

interface ZoneTabsProps {
  readonly zones: readonly Zone[];
  readonly low: boolean;
}

/** Each zone is a page of its own, with an address to keep or send; what is searched for goes along. */
export function ZoneTabs({ zones, low }: ZoneTabsProps) {
  const { t } = useTranslation();
  const counts = useStockSummary((summary) => summary.low);
  const sum = [...counts.values()].reduce((all, n) => all + n, 0);
  const hasCounts = sum > 0;
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // With many zones the open tab may be scrolled out of sight, and again when counts arrive and make the tabs
  // wider.
  useEffect(() => {
    const nav = tabs.current;
    const open = nav?.querySelector<HTMLElement>('[aria-current="page"]');
    if (!nav || !open) return;
    const [tab, frame] = [open.getBoundingClientRect(), nav.getBoundingClientRect()];
    if (tab.left < frame.left || tab.right > frame.right)
      nav.scrollLeft += tab.left - frame.left - (frame.width - tab.width) / 2;
  }, [pathname, zones.length, hasCounts]);
  const searched = ({ q }: { q?: string | undefined }): StockSearch => (q === undefined ? {} : { q });
  return (
    // `relative` keeps the absolutely positioned texts for screen readers inside: they would make the whole
    // page as wide as all tabs.
    <nav
      ref={tabs}
      aria-label={t('inventory.zones')}
      className="relative -mx-4 overflow-x-auto px-4 py-0.5 lg:mx-0 lg:px-0.5"
    >
      <ul className="flex gap-1">
        <li>
          <Link
            to="/inventory"
            search={searched}
            activeOptions={low ? OTHER_SEARCH : ANY_SEARCH}
            className={TAB}
            activeProps={ACTIVE}
          >
            {t('inventory.all')}
          </Link>
        </li>
        <li>
          <Link
            to="/inventory"
            search={(search) => ({ ...searched(search), low: 1 })}
            activeOptions={low ? ANY_SEARCH : OTHER_SEARCH}
            className={TAB}
            activeProps={ACTIVE}
          >
            {t('inventory.low_stock')}
            <LowCount count={sum} />
          </Link>
        </li>
        {zones.map(({ code, name }) => (
          <li key={code}>
            <Link
              to="/inventory/$zone"
              params={{ zone: code }}
              search={searched}
              activeOptions={ANY_SEARCH}
              className={TAB}
              activeProps={ACTIVE}
            >
              <span className="font-mono font-semibold">{code}</span>
              <span className="max-w-40 truncate">{name}</span>
              <LowCount count={counts.get(code) ?? 0} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many levels are low. */
function LowCount({ count }: { count: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (count === 0) return null;
  return (
    <span className="rounded-md bg-signal-wash px-1.5 text-sm font-semibold text-signal-ink">
      {formats.number(count)}
      <span className="sr-only"> {t('inventory.low')}</span>
    </span>
  );
}
