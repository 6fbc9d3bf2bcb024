import type { Product, QueryResult, Zone } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useAvailableOf, useStockSummary } from '../../../catalogue/use-stock.ts';
import { useProblemText } from '../../../http/problem-text.ts';
import { query } from '../../../http/request.ts';
import { useHttpQuery } from '../../../http/use-http-query.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useRealtime } from '../../../realtime/index.ts';
import { Alert } from '../../../ui/alert.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { HistoryTable } from './history-table.tsx';
import { SPANS } from './ledger-search.ts';
import type { History, HistoryPoint } from './points.ts';
import { useTotal } from './use-total.ts';

type Span = (typeof SPANS)[number];

const StockChart = lazyPart(async () => (await import('./stock-chart.tsx')).StockChart, {
  placeholder: <Skeleton className="h-full" />,
});

const DAYS = { week: 7, month: 30, year: 365 };
/** How many changes are added to the chart while the page is open; older ones are dropped. */
const LIVE_POINTS = 500;

interface StockHistoryProps {
  readonly product: Product;
  readonly zones: readonly Zone[];
  readonly zone: string | null;
  readonly span: Span;
}

/** What there was over time, from the ledger; its right edge is now. */
export function StockHistory({ product, zones, zone, span }: StockHistoryProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { history, problem } = useHistory(product.id, zone, span);
  const points = useWithNow(history, product, zones, zone);
  return (
    <section aria-labelledby="stock-history" className="rounded-xl border border-line bg-surface p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="stock-history" className="font-semibold">
          {t('ledger.history')}
          {zone !== null && <span className="font-mono"> · {zone}</span>}
        </h2>
        <nav aria-label={t('ledger.span')}>
          <ul className="flex gap-0.5">
            {SPANS.map((name) => (
              <li key={name}>
                <Link
                  to="."
                  replace
                  resetScroll={false}
                  search={(search) => ({ ...search, span: name })}
                  aria-current={name === span ? 'true' : undefined}
                  className={clsx(
                    'control-square inline-flex items-center justify-center rounded-md px-2.5 text-sm font-medium hover:bg-sunken',
                    name === span ? 'bg-sunken text-ink shadow-[inset_0_-2px_0_var(--signal)]' : 'text-soft',
                  )}
                >
                  {t(`ledger.spans.${name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {problem !== null && <Alert tone="warn">{problemText(problem)}</Alert>}
      <div className="h-64">
        {points && points.length === 0 && (
          <p className="grid h-full place-items-center text-soft">{t('ledger.no_history')}</p>
        )}
        {points && points.length > 0 ? (
          <StockChart points={points} name={product.name} />
        ) : (
          !points && problem === null && <Skeleton className="h-full" />
        )}
      </div>
      {points && points.length > 0 && <HistoryTable points={points} />}
    </section>
  );
}

function useHistory(productId: string, zone: string | null, span: Span) {
  // What happened while there was no connection is read again.
  const connectionId = useStore(useRealtime().session, (session) => session?.connectionId);
  const load = (signal: AbortSignal): Promise<History> => {
    const from = span === 'all' ? undefined : new Date(Date.now() - DAYS[span] * 86_400_000).toISOString();
    return query('get_stock_history', { productId, zone: zone ?? undefined, from }, signal);
  };
  const asked = useHttpQuery(productId, load, { again: `${zone} ${span} ${connectionId}` });
  return { history: asked.value, problem: asked.error };
}

/** The history with what has happened since it was read, and what there is at this moment as its last point. */
function useWithNow(
  history: History | null,
  product: Product,
  zones: readonly Zone[],
  zone: string | null,
): readonly HistoryPoint[] | null {
  const total = useTotal(product.id, zones, zone);
  // Until the levels have come their total is 0: the chart must not show that as if it had happened.
  const isKnown = useAvailableOf(product.id) !== null;
  const isHere = useStockSummary(({ whole }) => zone !== null && whole.has(zone));
  const known = isKnown || isHere;
  const [since, setSince] = useState<{ of: History | null; points: readonly HistoryPoint[] }>({
    of: null,
    points: [],
  });
  useEffect(() => {
    if (!known) return;
    const point = { ...total, at: new Date().toISOString() };
    setSince((before) => ({
      of: history,
      points: [...(before.of === history ? before.points : []), point].slice(-LIVE_POINTS),
    }));
  }, [known, total, history]);
  return useMemo(() => {
    if (history === null) return null;
    if (history.points.length === 0) return [];
    return since.of === history ? [...history.points, ...since.points] : history.points;
  }, [history, since]);
}
