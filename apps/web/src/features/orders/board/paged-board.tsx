import type { TopicView } from '@almenara/events';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { hasFilter, type OrdersSearch } from '../held/orders-search.ts';
import type { Selection } from '../toolbar/use-selection.ts';
import { Board } from './board.tsx';
import { useBoardOrders } from './use-board-orders.ts';

export interface BoardViewProps {
  readonly view: TopicView<'orders'>;
  readonly search: OrdersSearch;
  readonly names: ReadonlyMap<string, string>;
  readonly selection: Selection;
}

/** The board of a desk of which only part of the orders is here. */
export function PagedBoard({ view, search, names, selection }: BoardViewProps) {
  const { t } = useTranslation();
  const { orders, ends, more } = useBoardOrders(view, search);
  const isNone = orders.length === 0 && Object.values(ends).every(({ count }) => count === 0);
  return (
    <>
      {hasFilter(search) && isNone && <p className="text-soft">{t('orders.none_on_board')}</p>}
      <Board
        orders={orders}
        ends={ends}
        onMore={more}
        search={search}
        names={names}
        selected={selection.ids}
        onSelect={selection.toggle}
      />
    </>
  );
}
