import { clsx } from 'clsx';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { RowGap } from '../../ui/row-gap.tsx';
import { useGliding } from '../../ui/use-gliding.ts';
import { useReading } from '../../ui/use-reading.ts';
import { useRowsInSight } from '../../ui/use-rows-in-sight.ts';
import { columnsOf } from './columns.ts';
import { SortHeader } from './sort-header.tsx';
import { StockLine } from './stock-line.tsx';
import type { StockPlace } from './stock-row.ts';
import type { StockQuery } from './stock-search.ts';
import { useRowHeight } from './use-row-height.ts';

const OVERSCAN = 8;
/**
 * How many rows before the end the next page is asked for: about as many as somebody scrolls through until it
 * comes.
 */
const AHEAD = 40;

interface StockTableProps {
  readonly places: readonly StockPlace[];
  /** How many there are, here or not; null where that is not known. */
  readonly total: number | null;
  readonly order: { hold(): void; release(): void };
  readonly query: StockQuery;
  /** The last rows of those that are here are in sight, and there are more. */
  readonly onEnd: (() => void) | null;
}

/** Only the rows in sight are there; to a screen reader each says which of how many it is. */
export function StockTable({ places, total, order, query, onEnd }: StockTableProps) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const columns = columnsOf(query, canWrite);
  const height = useRowHeight();
  const body = useRef<HTMLTableSectionElement>(null);
  const { indexes, before, after } = useRowsInSight(body, { count: places.length, height, beyond: OVERSCAN });
  useGliding(body, places);
  const near = (indexes.at(-1) ?? 0) >= places.length - AHEAD;
  const ask = useEffectEvent(() => onEnd?.());
  // Asks once for each number of rows: when more come, their end can be reached.
  useEffect(() => {
    if (near) ask();
  }, [near, places.length]);
  const { reading, bind } = useReading();
  useEffect(() => {
    if (!reading) return undefined;
    order.hold();
    return () => order.release();
  }, [reading, order]);
  return (
    <div className="overflow-clip rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-left" aria-rowcount={total === null ? -1 : total + 1}>
        <caption className="sr-only">{t('inventory.title')}</caption>
        <colgroup>
          {columns.map(({ name, width, hidden }) => (
            <col key={name} className={clsx(width, hidden)} />
          ))}
        </colgroup>
        <thead className="sticky top-13 z-10 bg-sunken text-sm text-soft shadow-[inset_0_-1px_0_var(--line)]">
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <SortHeader key={column.name} column={column} query={query} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} data-partly-drawn className="[overflow-anchor:none]" {...bind}>
          <RowGap height={before} />
          {indexes.map((index) => {
            const place = places[index];
            return (
              place && (
                <StockLine
                  key={place.key}
                  place={place}
                  index={index}
                  height={height}
                  low={query.low}
                  withZone={query.zone === null}
                  canWrite={canWrite}
                />
              )
            );
          })}
          <RowGap height={after} />
        </tbody>
      </table>
    </div>
  );
}
