import type { Order } from '@almenara/events';
import { useSearch } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { useStore } from 'zustand';
import { useProductsOf } from '../../../catalogue/use-asked-products.ts';
import { useFormats } from '../../../i18n/format.ts';
import { orderName, UNNUMBERED } from '../../../i18n/order-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useRealtime } from '../../../realtime/index.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { missingOf } from '../held/missing.ts';
import { useOrders } from '../held/use-orders.ts';
import { type PickGroup, toPickList } from './pick-list.ts';

/** /orders/pick-list?ids=…: what to fetch for these orders, to be printed. */
export function PickListPage() {
  const { t } = useTranslation();
  const { ids } = useSearch({ from: '/desk/orders/pick-list' });
  const { orders, loading, missing } = useOrders(ids);
  const pending = useStore(useRealtime().pending);
  const known = orders.filter(({ number }) => number !== UNNUMBERED);
  const unsent = orders.length - known.length;
  const changing = known.filter(({ id }) => pending.some(({ input }) => input.orderId === id)).length;
  return (
    <Page
      title={t('pick_list.title')}
      actions={
        known.length > 0 && (
          <Button
            look="primary"
            className="print:hidden"
            icon={<Printer aria-hidden className="size-4" />}
            onClick={() => window.print()}
          >
            {t('pick_list.print')}
          </Button>
        )
      }
    >
      {ids.length === 0 && <p className="text-soft">{t('pick_list.none')}</p>}
      {missing > 0 && <Alert tone="warn">{t('pick_list.missing', { count: missing })}</Alert>}
      {unsent > 0 && <Alert tone="warn">{t('pick_list.unsent', { count: unsent })}</Alert>}
      {changing > 0 && <Alert tone="warn">{t('pick_list.changing', { count: changing })}</Alert>}
      {loading ? <Skeleton className="h-64" /> : <PickList orders={known} />}
    </Page>
  );
}

function PickList({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const groups = toPickList(orders);
  if (orders.length === 0) return null;
  return (
    <div className="flex flex-col gap-5">
      <ul className="flex flex-col gap-1 rounded-xl border border-line bg-surface p-3 print:border-black">
        {orders.map((order) => (
          <li key={order.id} className="flex flex-wrap gap-x-3">
            <span className="font-semibold">{orderName(order.number)}</span>
            <span className="min-w-0 break-words">{order.clientName}</span>
            <span className="text-soft">{formats.dateTime(order.createdAt)}</span>
            {order.notes !== null && (
              <span className="w-full break-words whitespace-pre-wrap text-soft">{order.notes}</span>
            )}
          </li>
        ))}
      </ul>
      <LeftOut orders={orders} />
      {groups.length === 0 && <p className="text-soft">{t('pick_list.nothing')}</p>}
      {groups.map((group) => (
        <Zone key={group.zone} group={group} single={orders.length === 1} />
      ))}
    </div>
  );
}

/** What is not on the list because it is not on a shelf. */
function LeftOut({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const missing = orders.flatMap((order) => missingOf(order).map((goods) => ({ order, ...goods })));
  if (missing.length === 0) return null;
  return (
    <section aria-labelledby="left-out" className="rounded-xl border border-bad px-4 py-3">
      <h2 id="left-out" className="font-semibold">
        {t('pick_list.short')}
      </h2>
      <ul>
        {missing.map(({ order, productId, name, quantity }) => (
          <li key={`${order.id} ${productId}`} className="break-words">
            {formats.number(quantity)} × {name}
            {orders.length > 1 && <span className="text-soft"> · {orderName(order.number)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Zone({ group, single }: { group: PickGroup; single: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const products = useProductsOf(group.picks.map(({ productId }) => productId));
  return (
    <section className="break-inside-auto">
      <h2 className="mb-1 text-lg font-semibold">
        {group.zone === null ? t('pick_list.no_zone') : t('pick_list.zone', { zone: group.zone })}
      </h2>
      <table className="w-full table-fixed border-collapse text-left">
        <thead>
          <tr className="border-b border-edge text-sm text-soft">
            <th scope="col" className="w-9 pointer-coarse:w-12">
              <span className="sr-only">{t('pick_list.done')}</span>
            </th>
            <th scope="col" className="w-20 py-1 pr-3 text-right font-medium">
              {t('order.quantity')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('order.product')}
            </th>
            {!single && (
              <th scope="col" className="w-28 py-1 pl-2 font-medium sm:w-48">
                {t('pick_list.orders')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {group.picks.map((pick) => (
            <tr key={pick.productId} className="break-inside-avoid border-b border-line align-top">
              <td className="py-2">
                <label className="grid size-6 place-items-center pointer-coarse:-my-2 pointer-coarse:size-[44px]">
                  <input
                    type="checkbox"
                    aria-label={t('pick_list.picked', { product: pick.name })}
                    className="size-5 accent-[var(--action)]"
                  />
                </label>
              </td>
              <td className="py-2 pr-3 text-right text-lg font-semibold">{formats.number(pick.quantity)}</td>
              <th scope="row" className="py-2 font-normal">
                <span className="block font-medium break-words">{pick.name}</span>
                <span className="block font-mono text-sm break-all text-soft">
                  {[pick.sku, products.get(pick.productId)?.barcode].filter(Boolean).join(' · ')}
                </span>
              </th>
              {!single && (
                <td className="py-2 pl-2 text-sm break-words">
                  {pick.orders
                    .map(({ number, quantity }) => `${orderName(number)} × ${formats.number(quantity)}`)
                    .join(', ')}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
