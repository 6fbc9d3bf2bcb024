import type { Order } from '@almenara/events';
import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { RowGap } from '../../../ui/row-gap.tsx';
import { useGliding } from '../../../ui/use-gliding.ts';
import { useRowsInSight } from '../../../ui/use-rows-in-sight.ts';
import { OrderRow } from './order-row.tsx';
import type { ListedOrders } from './use-listed-orders.ts';

/** The height of a row in pixels, as its styles set it. */
const ROW = 56;

interface OrderListProps {
  readonly listed: ListedOrders;
  readonly names: ReadonlyMap<string, string>;
  /** Null while nothing is being selected. */
  readonly selected: ReadonlySet<string> | null;
  readonly onSelect: (orderId: string) => void;
}

/** Orders as a table, of which only the rows on the screen exist. */
export function OrderList({ listed, names, selected, onSelect }: OrderListProps) {
  const { t } = useTranslation();
  const { orders, total, isAtLeast, loading, error, more } = listed;
  const body = useRef<HTMLTableSectionElement>(null);
  const { indexes, before, after } = useRowsInSight(body, { count: orders.length, height: ROW, beyond: 12 });
  useGliding(body, orders);

  // The end comes into sight: the next page is asked for before one gets there.
  const nearEnd = (indexes.at(-1) ?? orders.length) >= orders.length - 20;
  useEffect(() => {
    if (nearEnd && error === null) more?.();
  }, [nearEnd, more, error]);

  return (
    <div className="rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-left" aria-rowcount={(total ?? orders.length) + 1}>
        <caption className="sr-only">{t('orders.list')}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-soft" aria-rowindex={1}>
            {selected !== null && (
              <th scope="col" className="w-12">
                <span className="sr-only">{t('orders.selection')}</span>
              </th>
            )}
            <Column className="w-20 pl-4 sm:w-24">{t('orders.column.number')}</Column>
            <Column>{t('order.client')}</Column>
            <Column className="hidden w-28 sm:table-cell">{t('orders.column.status')}</Column>
            <Column className="hidden w-40 xl:table-cell">{t('order.assignee')}</Column>
            <Column className="hidden w-44 md:table-cell">{t('orders.column.placed')}</Column>
            <Column className="w-28 pr-4 text-right md:w-36">{t('order.total')}</Column>
          </tr>
        </thead>
        <tbody ref={body} data-partly-drawn>
          <RowGap height={before} />
          {indexes.map((index) => {
            const order: Order | undefined = orders[index];
            return (
              order && (
                <OrderRow
                  key={order.id}
                  order={order}
                  index={index + 2}
                  assignee={order.assigneeId === null ? null : (names.get(order.assigneeId) ?? null)}
                  selected={selected === null ? null : selected.has(order.id)}
                  onSelect={onSelect}
                />
              )
            );
          })}
          <RowGap height={after} />
        </tbody>
      </table>
      <div className="flex min-h-12 items-center justify-center px-4 py-2 text-soft" aria-live="polite">
        {error !== null ? (
          <Alert tone="bad">
            {error}{' '}
            <Button look="ghost" onClick={() => more?.()}>
              {t('action.retry')}
            </Button>
          </Alert>
        ) : loading ? (
          t('orders.loading_more')
        ) : (
          t(isAtLeast ? 'orders.found_at_least' : 'orders.found', { count: total ?? orders.length })
        )}
      </div>
    </div>
  );
}

function Column({ className, children }: { className?: string; children: string }) {
  return (
    <th scope="col" className={clsx('truncate px-2 py-2 font-medium', className)}>
      {children}
    </th>
  );
}
