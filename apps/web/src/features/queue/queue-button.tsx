import { clsx } from 'clsx';
import { CloudUpload, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { withTexts } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime, useTopicPart } from '../../realtime/index.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { useQueueNews } from './use-queue-news.ts';
import { useWaitingCount } from './use-waiting-count.ts';

const QueueDrawer = lazyPart(
  withTexts(['queue'], async () => (await import('./queue-drawer.tsx')).QueueDrawer),
);

/** How many commands wait, and how many need somebody; nothing while all is done. */
export function QueueButton() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const refused = useStore(
    useRealtime().queued,
    (commands) => commands.filter(({ state }) => state !== 'waiting').length,
  );
  const waiting = useWaitingCount();
  const announcement = useQueueNews(refused, waiting, () => setOpen(true));
  const Icon = refused > 0 ? TriangleAlert : CloudUpload;
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        {announcement}
      </p>
      {(refused > 0 || waiting > 0) && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
          className={clsx(
            'control inline-flex shrink-0 items-center gap-1.5 rounded-full px-3 text-sm font-semibold',
            refused > 0 ? 'bg-bad-wash text-bad' : 'bg-signal-wash text-signal-ink',
          )}
        >
          <Icon aria-hidden className="size-4" />
          <span aria-hidden className="sm:hidden">
            {refused > 0 ? refused : waiting}
          </span>
          <span className="max-sm:sr-only">
            {refused > 0 ? t('queue.refused', { count: refused }) : t('queue.waiting', { count: waiting })}
          </span>
        </button>
      )}
      {(refused > 0 || waiting > 0) && <Named />}
      {open && <QueueDrawer onClose={() => setOpen(false)} />}
    </>
  );
}

/**
 * Keeps clients and products followed on every page while commands wait: the queue shows their names, and an
 * order that was placed gets its lines from them.
 */
function Named(): null {
  useTopicPart('clients', () => true);
  useTopicPart('products', () => true);
  return null;
}
