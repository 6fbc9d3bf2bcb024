import { Eye } from 'lucide-react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useViewers } from './use-viewers.ts';

const NAMED = 3;

/** Who else has this order open. Its place is kept, so that nothing moves when somebody comes. */
export function OrderViewers({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const viewers = useViewers(orderId);
  const names = viewers.slice(0, NAMED).map(({ name }) => name);
  const more = viewers.length - names.length;
  const text =
    more > 0
      ? t('order.viewers_more', { names: names.join(', '), count: more })
      : t('order.viewers', { names: names.join(', '), count: viewers.length });
  return (
    <output aria-live="polite" className="flex min-h-5 items-center gap-1.5 text-sm font-normal text-cool">
      {viewers.length > 0 && (
        <>
          <Eye aria-hidden className="size-4 shrink-0" />
          <span className="min-w-0 truncate">{text}</span>
        </>
      )}
    </output>
  );
}
