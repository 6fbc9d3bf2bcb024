import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime } from '../../realtime/index.ts';
import { toast } from '../../ui/toast.ts';

const TOAST = 'queue-news';
/**
 * How long a refusal must last to be told, in ms: sooner than this, the form that waits for it has shown it and
 * taken it away.
 */
const SETTLES_MS = 700;

interface Standing {
  readonly refused: number;
  readonly waiting: number;
  /** How many had been done. */
  readonly done: number;
}

/** Tells when something was refused that nobody waited for, and when all that had waited is done. @returns what to say aloud */
export function useQueueNews(refused: number, waiting: number, look: () => void): string {
  const { t } = useTranslation();
  const { speaks, queue, queued } = useRealtime();
  const left = useStore(queued, (commands) => commands.length);
  const [said, setSaid] = useState('');
  const before = useRef<Standing>({ refused: 0, waiting: 0, done: 0 });
  const tell = useEffectEvent(() => {
    const last = before.current;
    const now = { refused, waiting, done: queue.doneCount.get() };
    if (now.refused === last.refused && now.waiting === last.waiting) return;
    before.current = now;
    setSaid(
      refused > 0
        ? t('queue.refused', { count: refused })
        : waiting > 0
          ? t('queue.waiting', { count: waiting })
          : '',
    );
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
    // Says that all was sent only if something was: the queue is empty, too, when somebody has given the
    // commands up.
    if (left === 0 && last.waiting > 0 && now.done > last.done) toast.success(t('queue.all_sent'));
  });
  useEffect(() => {
    const timer = setTimeout(() => tell(), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [refused, waiting]);
  return said;
}
