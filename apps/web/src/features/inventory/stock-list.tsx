import { useNavigate } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useProblemText } from '../../http/problem-text.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { StockDialogs } from './stock-dialogs.tsx';
import { type StockSearch, stockQuery } from './stock-search.ts';
import { StockTable } from './stock-table.tsx';
import { useStockOrder } from './use-stock-order.ts';

/** The same as while rows are loading, so that nothing jumps when the part comes. */
const placeholder = <Skeleton className="h-96" />;
const EmptyZone = lazyPart(async () => (await import('./zone-empty.tsx')).EmptyZone, { placeholder });
const NothingLow = lazyPart(async () => (await import('./zone-empty.tsx')).NothingLow, { placeholder });

interface StockListProps {
  /** Null for all zones. */
  readonly zone: string | null;
  readonly search: StockSearch;
}

/** A pause in typing after which the address says what is searched for. */
const ADDRESS_MS = 300;

export function StockList({ zone, search }: StockListProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const navigate = useNavigate();
  const [typed, setTyped] = useTyped(search.q ?? '', (q) => change({ q: q === '' ? undefined : q }));
  const { sort, desc, low, none } = search;
  const query = useMemo(
    () => stockQuery(zone, { q: typed, sort, desc, low, none }),
    [zone, typed, sort, desc, low, none],
  );
  const { places, waiting, total, isAtLeast, loading, problem, more, order, showMore } = useStockOrder(query);
  const loaded = total !== null;
  function change(part: StockSearch): void {
    void navigate({
      to: '.',
      search: (before) => ({ ...before, ...part }),
      replace: true,
      resetScroll: false,
    });
  }
  const filtered = query.q !== '' || query.none || (query.low && zone !== null);
  const empty = loaded && !loading && places.length === 0;
  return (
    <StockDialogs>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex w-full sm:w-80">
          <SearchField
            label={t('inventory.search')}
            placeholder={t('new_order.product_hint')}
            value={typed}
            onChange={setTyped}
          />
        </div>
        {zone !== null && (
          <Filter
            label={t('inventory.only_low')}
            on={query.low}
            onChange={(on) => change({ low: on ? 1 : undefined })}
          />
        )}
        <Filter
          label={t('inventory.only_none')}
          on={query.none}
          onChange={(on) => change({ none: on ? 1 : undefined })}
        />
        <p className="ml-auto flex min-h-6 items-center gap-2 text-sm text-soft" role="status">
          {waiting && (
            <span className="inline-flex items-center gap-1.5 text-signal-ink">
              <RefreshCw aria-hidden className="size-3.5" />
              {t('inventory.order_waits')}
            </span>
          )}
          {loaded && <Count total={total} isAtLeast={isAtLeast} />}
        </p>
      </div>
      {problem !== null && <Alert tone="warn">{problemText(problem)}</Alert>}
      {!loaded && problem === null && placeholder}
      {empty && filtered && <p className="py-8 text-center text-soft">{t('inventory.no_match')}</p>}
      {empty && !filtered && (query.low ? <NothingLow /> : <EmptyZone zone={zone} />)}
      {places.length > 0 && (
        <StockTable
          key={`${zone} ${query.low}`}
          places={places}
          total={isAtLeast ? null : total}
          order={order}
          query={query}
          onEnd={more ? showMore : null}
        />
      )}
    </StockDialogs>
  );
}

/** How many rows there are, here or not. */
function Count({ total, isAtLeast }: { total: number; isAtLeast: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shown = isAtLeast ? `${formats.number(total)}+` : formats.number(total);
  return t('inventory.rows', { count: total, shown });
}

/**
 * The text of a search. It filters with each key and goes into the address when typing pauses; when the address
 * changes otherwise, as by going back, the field follows.
 */
function useTyped(given: string, tell: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(given);
  const [told, setTold] = useState(given);
  if (given !== told) {
    setTold(given);
    setTyped(given);
  }
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(() => {
      setTold(typed);
      tell(typed);
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [typed, told]);
  return [typed, setTyped];
}

interface FilterProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Filter({ label, on, onChange }: FilterProps) {
  return (
    <label className="control inline-flex items-center gap-2">
      <input
        type="checkbox"
        className="size-4.5 accent-(--action)"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
