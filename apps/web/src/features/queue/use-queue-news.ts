import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime } from '../../realtime/index.ts';
import { toast } from '../../ui/toast.ts';

const TOAST = 'queue-news';

/** Tells when something was refused that nobody waited for, and when all that had waited is done. @returns what to say aloud */
export function useQueueNews(refused: number, waiting: number, look: () => void): string {
  const { t } = useTranslation();
  const { speaks } = useRealtime();
  const before = useRef({ refused: 0, waiting: 0 });
  const tell = useEffectEvent((last: { refused: number; waiting: number }) => {
    if (!speaks.getState()) return;
    if (refused > last.refused) {
      toast.error(t('queue.was_refused', { count: refused - last.refused }), {
        id: TOAST,
        duration: Number.POSITIVE_INFINITY,
        action: { label: t('queue.look'), onClick: look },
      });
    } else if (refused === 0 && last.refused > 0) {
      toast.dismiss(TOAST);
    }
    if (waiting === 0 && last.waiting > 0 && refused === last.refused) toast.success(t('queue.all_sent'));
  });
  useEffect(() => {
    tell(before.current);
    before.current = { refused, waiting };
  }, [refused, waiting]);
  if (refused > 0) return t('queue.refused', { count: refused });
  return waiting > 0 ? t('queue.waiting', { count: waiting }) : '';
}
