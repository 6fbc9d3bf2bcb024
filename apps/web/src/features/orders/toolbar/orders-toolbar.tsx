import { Columns3, List, ListChecks, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { withTexts } from '../../../i18n/i18n.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Button } from '../../../ui/button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { filterCount, type OrdersSearch } from '../held/orders-search.ts';
import { SavedViews } from './saved-views.tsx';
import type { Selection } from './use-selection.ts';

const FilterPanel = lazyPart(
  withTexts(['order'], async () => (await import('./filter-panel.tsx')).FilterPanel),
);

interface OrdersToolbarProps {
  readonly search: OrdersSearch;
  readonly onSearch: (search: OrdersSearch) => void;
  readonly selection: Selection;
}

export function OrdersToolbar({ search, onSearch, selection }: OrdersToolbarProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // While somebody types, the field shows their text, and not the trimmed one from the address.
  const [typed, setTyped] = useState<string | null>(null);
  const count = filterCount(search);
  const isList = search.view === 'list';
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={t('orders.search')}
          placeholder={t('orders.search_hint')}
          value={typed ?? search.q ?? ''}
          onChange={(text) => {
            setTyped(text);
            onSearch({ ...search, q: text.trim() || undefined });
          }}
          onBlur={() => setTyped(null)}
        />
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:[&_button]:px-2.5 max-sm:[&_svg]:hidden">
          <Button
            aria-expanded={open}
            aria-controls="order-filters"
            icon={<SlidersHorizontal aria-hidden className="size-4" />}
            onClick={() => setOpen(!open)}
          >
            {count === 0 ? t('orders.filters') : t('orders.filters_on', { count })}
          </Button>
          <Button
            icon={
              isList ? <Columns3 aria-hidden className="size-4" /> : <List aria-hidden className="size-4" />
            }
            onClick={() => onSearch({ ...search, view: isList ? undefined : 'list' })}
          >
            {isList ? t('orders.as_board') : t('orders.as_list')}
          </Button>
          <SavedViews search={search} onShow={onSearch} />
          <Button
            aria-pressed={selection.ids !== null}
            icon={<ListChecks aria-hidden className="size-4" />}
            onClick={selection.ids === null ? selection.begin : selection.end}
          >
            {t('orders.select_several')}
          </Button>
        </div>
      </div>
      {open && (
        <FilterPanel
          search={search}
          onChange={(change) => onSearch({ ...search, ...change })}
          onClear={() => onSearch({ view: search.view, q: search.q, sort: search.sort })}
        />
      )}
    </>
  );
}
