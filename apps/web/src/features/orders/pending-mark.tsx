import { CloudUpload } from 'lucide-react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useIsPending } from '../../realtime/index.ts';

/** At an order with changes that are not on the server; what is done in a moment is not worth a blink. */
export function PendingMark({ orderId, labelled = false }: { orderId: string; labelled?: boolean }) {
  const { t } = useTranslation();
  const pending = useIsPending('orderId', orderId);
  if (!pending) return null;
  return (
    <span
      title={t('queue.unsent')}
      className="inline-flex min-w-0 shrink-0 animate-late items-center gap-1.5 text-signal-ink"
    >
      <CloudUpload aria-hidden className="size-4 shrink-0" />
      <span className={labelled ? 'text-sm font-medium' : 'sr-only'}>{t('queue.unsent')}</span>
    </span>
  );
}
