import { clsx } from 'clsx';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from '../i18n/use-translation.ts';
import { type ConnectionText, connectionText } from './connection-text.ts';
import { useWebSocketContext } from './context.ts';
import { useAnnouncement } from './use-announcement.ts';
import { useGraceOver } from './use-grace.ts';
import { useSecondsUntil } from './use-seconds-until.ts';

interface ConnectionStatusProps {
  /** Offered where a sign-in is needed. */
  readonly onSignIn: () => void;
}

const LOOKS: Record<ConnectionText['tone'], { frame: string; light: string }> = {
  good: { frame: 'text-soft', light: 'bg-good' },
  calm: { frame: 'text-soft', light: 'bg-soft animate-breathe' },
  busy: { frame: 'bg-signal-wash text-signal-ink', light: 'bg-signal animate-breathe' },
  bad: { frame: 'bg-bad-wash text-bad', light: 'bg-bad' },
};

/** Whether what is on the screen is live, and if not, why and what happens next. */
export function ConnectionStatus({ onSignIn }: ConnectionStatusProps) {
  const { t } = useTranslation();
  const { status, retryNow } = useWebSocketContext();
  const shown = connectionText(status, useGraceOver(status.kind === 'online'));
  const { tone, kind, label, reason, retryAt, action } = shown;
  const seconds = useSecondsUntil(retryAt);
  const announcement = useAnnouncement(shown);
  return (
    <section
      aria-label={t('connection.label')}
      data-connection={kind}
      className="flex min-w-0 items-center gap-1"
    >
      <div
        className={clsx(
          'flex min-w-0 items-center gap-2 rounded-full px-2.5 py-1 text-sm',
          LOOKS[tone].frame,
        )}
      >
        <span aria-hidden className={clsx('size-2.5 shrink-0 rounded-full', LOOKS[tone].light)} />
        <span className="shrink-0 font-semibold">{t(label)}</span>
        {reason !== null && <span className="hidden truncate xl:inline">{t(reason)}</span>}
        {seconds !== null && (
          <span className="truncate max-lg:hidden">{t('connection.retry_in', { seconds })}</span>
        )}
      </div>
      {action !== null && (
        <button
          type="button"
          className="control-square inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg px-2.5 text-sm font-semibold text-ink hover:bg-sunken"
          onClick={
            action === 'retry' ? retryNow : action === 'sign_in' ? onSignIn : () => window.location.reload()
          }
        >
          <RefreshCw aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{t(ACTIONS[action])}</span>
        </button>
      )}
      <p role="status" aria-live="polite" className="sr-only">
        {announcement}
      </p>
    </section>
  );
}

const ACTIONS = {
  retry: 'connection.retry_now',
  sign_in: 'connection.sign_in',
  reload: 'action.reload',
} as const;
