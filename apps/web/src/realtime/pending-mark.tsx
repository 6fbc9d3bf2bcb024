import { CloudUpload } from 'lucide-react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useIsPending } from './use-pending.ts';

/**
 * Marks an order, client or product with changes that the server does not have yet. Shown only after a moment,
 * so that it does not blink with every command.
 */
export function PendingMark({ id, labelled = false }: { id: string; labelled?: boolean }) {
  const { t } = useTranslation();
  const pending = useIsPending(id);
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
