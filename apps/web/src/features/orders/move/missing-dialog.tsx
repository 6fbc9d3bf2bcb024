import type { Missing, Order } from '@almenara/events';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { hasGoods, isWithoutLines, missingOf } from '../held/missing.ts';
import { useOrder } from '../held/use-order.ts';

interface MissingDialogProps {
  readonly order: Order;
  readonly to: 'packed' | 'shipped';
  readonly pending?: boolean;
  /** Called with the order as it is now, as goods may have come meanwhile. */
  readonly onGo: (order: Order, missing?: Missing) => void;
  readonly onClose: () => void;
}

/** An order that lacks goods is to be packed or to go: what is missing, and what becomes of it. */
export function MissingDialog({ order: asked, to, pending = false, onGo, onClose }: MissingDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const found = useOrder(asked.id);
  const order = found.kind === 'found' ? found.order : asked;
  const missing = missingOf(order);
  const stays = missing.length > 0 && !hasGoods(order) && to === 'shipped';
  const { number } = order;
  const [title, text] =
    missing.length === 0
      ? [t(`going.all_there_title.${to}`, { number }), t('going.all_there')]
      : stays
        ? [t('going.nothing_there_title', { number }), t('going.nothing_there')]
        : [t(`going.${to}_title`, { number }), t(`going.${to}_text`)];
  if (isWithoutLines(order)) {
    return (
      <Dialog title={t(`going.${to}_title`, { number })} description={t('order.loading')} onClose={onClose}>
        <div className="px-5 pt-1 pb-5">
          {found.kind === 'failed' ? (
            <Alert tone="bad">{found.message}</Alert>
          ) : (
            <Skeleton className="h-24" />
          )}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} description={text} onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">
        <ul className="flex flex-col gap-1">
          {missing.map(({ productId, name, quantity }) => (
            <li key={productId} className="break-words">
              <span className="font-semibold">{formats.number(quantity)}</span> × {name}
            </li>
          ))}
        </ul>
        <div className="flex flex-col gap-2">
          {missing.length === 0 && (
            <Button look="primary" pending={pending} autoFocus onClick={() => onGo(order)}>
              {t(`order.to_status.${to}`)}
            </Button>
          )}
          {missing.length > 0 && to === 'packed' && (
            <Button look="primary" pending={pending} autoFocus onClick={() => onGo(order)}>
              {t('going.pack')}
            </Button>
          )}
          {missing.length > 0 && to === 'shipped' && !stays && (
            <>
              <Button look="primary" pending={pending} autoFocus onClick={() => onGo(order, 'back_order')}>
                {t('going.back_order')}
              </Button>
              <Button pending={pending} onClick={() => onGo(order, 'cancel')}>
                {t('going.cancel_rest')}
              </Button>
            </>
          )}
          <Button look="ghost" onClick={onClose}>
            {t('going.wait')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
