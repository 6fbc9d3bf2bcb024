import { CloudUpload } from 'lucide-react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useIsPending } from './use-pending.ts';

/** At what has changes that are not on the server; what is done in a moment is not worth a blink. */
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
