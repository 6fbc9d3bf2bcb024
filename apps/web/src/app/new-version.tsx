import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { toast } from '../ui/toast.ts';

/** When the service worker begins to fetch files, in ms: the page loads its own first. */
const AFTER_MS = 4000;

/** Keeps the app for when there is no network, and offers a new version when there is one. */
export function NewVersion(): null {
  const { t } = useTranslation();
  const offer = useEffectEvent((update: () => void) => {
    toast.info(t('offline.new_version'), {
      id: 'new-version',
      duration: Number.POSITIVE_INFINITY,
      action: { label: t('offline.update'), onClick: update },
    });
  });
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const timer = setTimeout(async () => {
      // No network right now: the next page that is loaded tries again.
      const found = await import('./service-worker.ts').catch(() => null);
      found?.keepApp({
        waiting: (update) => offer(update),
        outdated: () => offer(() => window.location.reload()),
      });
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
