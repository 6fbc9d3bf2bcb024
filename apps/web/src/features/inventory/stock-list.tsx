import type { Level } from '@almenara/events';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProductsById } from '../../catalogue/use-products.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { matchingRows, toRows } from './stock-row.ts';
import { StockTable } from './stock-table.tsx';
import { EmptyZone } from './zone-empty.tsx';

const AT_FIRST = 100;

interface StockListProps {
  /** Null while they are on their way. */
  readonly levels: readonly Level[] | null;
  /** Null for all zones. */
  readonly zone: string | null;
}

export function StockList({ levels, zone }: StockListProps) {
  const { t } = useTranslation();
  const products = useProductsById();
  const [search, setSearch] = useState('');
  const [onlyLow, setOnlyLow] = useState(false);
  const [shown, setShown] = useState(AT_FIRST);
  const query = useDeferredValue(search);
  const rows = useMemo(() => toRows(levels ?? [], products), [levels, products]);
  const found = useMemo(() => matchingRows(rows, query, onlyLow), [rows, query, onlyLow]);
  const hidden = found.length - shown;
  if (levels !== null && levels.length === 0) return <EmptyZone name={zone ?? t('inventory.all')} />;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField
          label={t('inventory.search')}
          placeholder={t('new_order.product_hint')}
          value={search}
          onChange={setSearch}
        />
        <label className="control inline-flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4.5 accent-(--action)"
            checked={onlyLow}
            onChange={(event) => setOnlyLow(event.target.checked)}
          />
          {t('inventory.only_low')}
        </label>
      </div>
      {levels === null && <Skeleton className="h-96" />}
      {levels !== null && found.length === 0 && <p className="text-soft">{t('inventory.no_match')}</p>}
      {found.length > 0 && <StockTable rows={found.slice(0, shown)} withZone={zone === null} />}
      {hidden > 0 && (
        <Button className="self-center" onClick={() => setShown(shown + AT_FIRST)}>
          {t('orders.more', { count: Math.min(hidden, AT_FIRST) })}
        </Button>
      )}
    </>
  );
}
