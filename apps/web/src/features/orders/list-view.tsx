import type { TopicView } from '@almenara/events';
import { useTranslation } from '../../i18n/use-translation.ts';
import { OrderList } from './order-list.tsx';
import type { OrdersSearch } from './orders-search.ts';
import { useListedOrders } from './use-listed-orders.ts';
import type { Selection } from './use-selection.ts';

interface ListViewProps {
  readonly view: TopicView<'orders'>;
  readonly search: OrdersSearch;
  readonly names: ReadonlyMap<string, string>;
  readonly selection: Selection;
}

export function ListView({ view, search, names, selection }: ListViewProps) {
  const { t } = useTranslation();
  const listed = useListedOrders(view, search);
  if (listed.orders.length === 0 && !listed.loading && listed.error === null)
    return <p className="text-soft">{t('orders.none_at_all')}</p>;
  return <OrderList listed={listed} names={names} selected={selection.ids} onSelect={selection.toggle} />;
}
