import { isHeld, type Order } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { Printer, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { UNNUMBERED } from '../../../i18n/order-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { Button } from '../../../ui/button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';

const ReturnDialog = lazyPart(async () => (await import('./return-dialog.tsx')).ReturnDialog);

/** What goes with the goods: the list to pick them by, and what comes back of them. */
export function OrderPapers({ order }: { order: Order }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [returning, setReturning] = useState(false);
  // An order that the server does not have yet has no number, and no shelves to be picked from.
  const pickable = isHeld(order.status) && order.number !== UNNUMBERED;
  const left = order.status === 'shipped' || order.status === 'delivered';
  if (!pickable && !(left && canWrite)) return null;
  return (
    <div className="-mt-3 flex flex-wrap gap-2">
      {pickable && (
        <Link
          to="/orders/pick-list"
          search={{ ids: [order.id] }}
          className="control inline-flex items-center gap-2 rounded-lg border border-edge px-3.5 font-medium hover:bg-sunken"
        >
          <Printer aria-hidden className="size-4" />
          {t('pick_list.open')}
        </Link>
      )}
      {left && canWrite && (
        <Button icon={<Undo2 aria-hidden className="size-4" />} onClick={() => setReturning(true)}>
          {t('returns.open')}
        </Button>
      )}
      {returning && <ReturnDialog order={order} onClose={() => setReturning(false)} />}
    </div>
  );
}
