import type { Order } from '@almenara/events';
import { useDeferredValue } from 'react';
import { UNNUMBERED } from '../../../i18n/order-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';

const Waiting = <Skeleton className="h-24" />;
const Steps = lazyPart(async () => (await import('./order-steps.tsx')).OrderSteps, { placeholder: Waiting });

/** Who did what to an order and when, with what it was before. */
export function OrderHistory({ order }: { order: Order }) {
  const { t } = useTranslation();
  // The history waits for the server anyway: its code is loaded after the order has been drawn.
  const drawn = useDeferredValue(true, false);
  return (
    <section aria-labelledby="order-history">
      <h3 id="order-history" className="mb-2 text-sm text-soft">
        {t('history.title')}
      </h3>
      {order.number === UNNUMBERED ? (
        <p className="text-soft">{t('history.none_yet')}</p>
      ) : drawn ? (
        <Steps orderId={order.id} />
      ) : (
        Waiting
      )}
    </section>
  );
}
