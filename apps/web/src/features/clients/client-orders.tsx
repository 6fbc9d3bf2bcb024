import type { Client } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useProblemText } from '../../http/problem-text.ts';
import { useFormats } from '../../i18n/format.ts';
import { orderName } from '../../i18n/order-name.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { useClientOrders } from './use-client-orders.ts';

/** What a client has ordered, in sums and one by one. */
export function ClientOrders({ client }: { client: Client }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const problemText = useProblemText();
  const { orders, figures, problem, more } = useClientOrders(client);
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('clients.orders')}</h3>
      {problem !== null && <Alert tone="bad">{problemText(problem)}</Alert>}
      {figures ? (
        <dl className="mb-3 grid grid-cols-3 gap-2">
          <Figure label={t('clients.figure_orders')} value={formats.number(figures.orders)} />
          <Figure label={t('clients.open_orders')} value={formats.number(figures.open)} />
          <Figure
            label={t('clients.figure_total')}
            value={figures.totals.map((total) => formats.money(total)).join(' · ') || '–'}
          />
        </dl>
      ) : (
        !problem && <Skeleton className="mb-3 h-16" />
      )}
      {orders === null && !problem && <Skeleton className="h-32" />}
      {orders?.length === 0 && !problem && <p className="text-soft">{t('clients.no_orders')}</p>}
      {orders !== null && orders.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
          {orders.map((order) => (
            <li key={order.id}>
              <Link
                to="/orders/$orderId"
                params={{ orderId: order.id }}
                className="control flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 hover:bg-sunken focus-visible:-outline-offset-2"
              >
                <span className="font-semibold">{orderName(order.number)}</span>
                <Badge tone={order.status === 'cancelled' ? 'bad' : 'plain'}>
                  {t(`status.${order.status}`)}
                </Badge>
                <span className="text-sm text-soft">{formats.when(order.createdAt)}</span>
                <span className="ml-auto">{formats.money(order.total)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {more && (
        <Button look="ghost" className="mt-2" onClick={more}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end rounded-lg bg-sunken px-3 py-2">
      <dt className="text-sm text-soft">{label}</dt>
      <dd className="font-semibold break-words">{value}</dd>
    </div>
  );
}
