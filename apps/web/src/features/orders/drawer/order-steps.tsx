import { isStepBack, type Order, type OrderHistoryItem } from '@almenara/events';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { usePeople } from '../../../people/people.tsx';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { type Difference, differences } from '../edit/order-diff.ts';
import { useDifferenceText } from '../edit/use-difference-text.ts';
import { useOrderHistory } from './use-order-history.ts';

/** What the history of an order tells, the newest first. */
export function OrderSteps({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const { history, error, more } = useOrderHistory(orderId);
  return (
    <>
      {error !== null && <Alert tone="warn">{error}</Alert>}
      {history === null && error === null && <Skeleton className="h-24" />}
      <ol className="flex flex-col border-l-2 border-line">
        {history?.items.map((item, i) => (
          <Step
            key={item.seq}
            item={item}
            before={orderBefore(history.items.slice(i + 1)) ?? history.previous}
          />
        ))}
      </ol>
      {more !== null && (
        <Button look="ghost" className="mt-1" onClick={more}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}

/** The order as the latest of these steps left it. A return does not change the order. */
const orderBefore = (earlier: readonly OrderHistoryItem[]): Order | undefined =>
  earlier.flatMap((item) => ('order' in item ? [item.order] : []))[0];

function stepOf(item: OrderHistoryItem) {
  if (item.type === 'order_updated' && item.filled?.length) return 'filled';
  if (item.type === 'order_status_changed' && isStepBack(item.from, item.to)) return 'moved_back';
  if (item.type === 'order_created' && item.order.backOrderOf !== undefined) return 'back_order';
  return item.type;
}

function Step({ item, before }: { item: OrderHistoryItem; before: Order | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = usePeople();
  const who =
    item.userId === null
      ? t('history.system')
      : (people.find(({ id }) => id === item.userId)?.name ?? t('history.somebody'));
  const changes: readonly Difference[] = 'order' in item && before ? differences(before, item.order) : [];
  return (
    <li className="relative py-1.5 pl-4 before:absolute before:top-3 before:-left-[5px] before:size-2 before:rounded-full before:bg-edge">
      <p className="text-sm">
        <span className="font-medium break-words">{who}</span>{' '}
        <span className="text-soft">
          {t(`history.${stepOf(item)}`)} · <time dateTime={item.at}>{formats.dateTime(item.at)}</time>
        </span>
      </p>
      {item.type === 'order_updated' && item.filled && (
        <ul className="text-sm">
          {item.filled.map(({ productId, zone, quantity }) => (
            <li key={`${productId} ${zone}`} className="break-words">
              {t('history.reserved', {
                zone,
                quantity: formats.number(quantity),
                product: item.order.lines.find((line) => line.productId === productId)?.name ?? '…',
              })}
            </li>
          ))}
        </ul>
      )}
      {item.type === 'shortage_reported' && (
        <p className="text-sm break-words">
          {t('history.missing', {
            zone: item.zone,
            quantity: formats.number(item.missing),
            product: item.order.lines.find(({ productId }) => productId === item.productId)?.name ?? '…',
          })}
        </p>
      )}
      {item.type === 'return_recorded' && (
        <ul className="text-sm">
          {item.return.lines.map((line) => (
            <li key={line.id} className="break-words">
              {formats.number(line.quantity)} × {line.name}
              {line.zone !== null && ` → ${line.zone}`}
            </li>
          ))}
          {item.return.reason !== null && <li className="break-words text-soft">{item.return.reason}</li>}
        </ul>
      )}
      {changes.length > 0 && <Changes changes={changes} />}
    </li>
  );
}

function Changes({ changes }: { changes: readonly Difference[] }) {
  const { t } = useTranslation();
  const tell = useDifferenceText();
  return (
    <dl className="text-sm">
      {changes.map((change) => {
        const { field, before, after } = tell(change);
        return (
          <div key={`${change.kind} ${field}`} className="flex flex-wrap gap-x-1.5">
            <dt className="max-w-full break-words text-soft">{field}:</dt>
            <dd className="min-w-0 break-words whitespace-pre-line">
              <span className="text-soft line-through decoration-1">
                <span className="sr-only">{t('history.before')} </span>
                {before}
              </span>{' '}
              <span aria-hidden>→</span> <span className="sr-only">{t('history.after')} </span>
              <span className="font-medium">{after}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
