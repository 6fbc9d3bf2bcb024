import { useTranslation } from '../../../i18n/use-translation.ts';
import type { BoardViewProps } from '../board/paged-board.tsx';
import { OrderList } from './order-list.tsx';
import type { ListedOrders } from './use-listed-orders.ts';

/** The list, or that there is nothing in it. */
export function ListOf({ listed, names, selection }: BoardViewProps & { readonly listed: ListedOrders }) {
  const { t } = useTranslation();
  if (listed.orders.length === 0 && !listed.loading && listed.error === null)
    return <p className="text-soft">{t('orders.none_at_all')}</p>;
  return <OrderList listed={listed} names={names} selected={selection.ids} onSelect={selection.toggle} />;
}
