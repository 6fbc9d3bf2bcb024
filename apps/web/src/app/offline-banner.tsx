import { isConnected } from '@almenara/client';
import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useFormats } from '../i18n/format.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { useRealtime } from '../realtime/index.ts';

/** A shorter loss is told by the light in the header alone: the page must not jump for it. */
const PATIENCE_MS = 3000;

/** Says that what is shown is of the past, and of when. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { connection, keptAt } = useRealtime();
  const connected = useStore(connection, isConnected);
  const [since, setSince] = useState<number | null>(keptAt);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (connected) return () => setSince(Date.now());
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [connected]);
  if (connected || !late) return null;
  return (
    <div className="flex items-start gap-2.5 border-b border-line bg-signal-wash px-4 py-2 text-sm text-signal-ink lg:px-6">
      <WifiOff aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p>
        {since !== null && (
          <strong className="font-semibold">
            {t('offline.banner', { time: formats.dateTime(new Date(since).toISOString()) })}
          </strong>
        )}{' '}
        {t('offline.hint')}
      </p>
    </div>
  );
}
