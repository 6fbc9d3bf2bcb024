import type { QueuedCommand } from '@almenara/client/queue';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime } from '../../realtime/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { currentVersion } from './current-version.ts';
import { useCommandText } from './use-command-text.ts';

interface QueuedItemProps {
  readonly command: QueuedCommand;
  /** How many wait for what is decided about this one. */
  readonly holds: number;
  /** On its way now. */
  readonly sending: boolean;
  readonly onLeave: () => void;
}

/** One command that is not done: what it is, why not, and the ways out. */
export function QueuedItem({ command, holds, sending, onLeave }: QueuedItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const textOf = useCommandText();
  const { queue } = useRealtime();
  const [asking, setAsking] = useState(false);
  const { commandId, state, sent, input } = command;
  const decidable = state !== 'waiting' || !sent;
  const text = textOf(command);
  return (
    <li className="flex flex-col gap-2 px-5 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <p className="min-w-0 font-medium break-words">{text}</p>
        <StateBadge command={command} sending={sending} />
      </div>
      <p className="text-sm text-soft">
        {t('queue.made', { time: formats.dateTime(new Date(command.madeAt).toISOString()) })}
      </p>
      <Reason command={command} />
      <div className="flex flex-wrap gap-2">
        <WaysOn command={command} />
        {typeof input.orderId === 'string' && command.name !== 'place_order' && (
          <Link
            to="/orders/$orderId"
            params={{ orderId: input.orderId }}
            onClick={onLeave}
            className="control inline-flex items-center rounded-lg px-3 text-[0.95rem] font-medium text-cool underline"
          >
            {t('queue.open')}
          </Link>
        )}
        {decidable && (
          <Button look="ghost" aria-label={`${t('queue.discard')}: ${text}`} onClick={() => setAsking(true)}>
            {t('queue.discard')}
          </Button>
        )}
      </div>
      {asking && (
        <Confirm
          title={t('queue.discard_title')}
          text={holds > 0 ? t('queue.discard_with', { count: holds }) : t('queue.discard_text')}
          confirm={t('queue.discard')}
          keep={t('queue.keep')}
          pending={false}
          onConfirm={() => {
            setAsking(false);
            void queue.discard(commandId);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function StateBadge({ command, sending }: { command: QueuedCommand; sending: boolean }) {
  const { t } = useTranslation();
  if (command.state !== 'waiting') return <Badge tone="bad">{t('queue.needs_you')}</Badge>;
  if (sending) return <Badge tone="signal">{t('queue.sending')}</Badge>;
  return <Badge>{t('queue.waits')}</Badge>;
}

function Reason({ command: { state, heldBy, error, outcome } }: { command: QueuedCommand }) {
  const { t } = useTranslation();
  if (heldBy !== null) return <p className="text-sm text-soft">{t('queue.held')}</p>;
  if (state === 'expired') return <p className="text-sm text-bad">{t('queue.expired')}</p>;
  if (!error) return null;
  if (outcome === 'unknown') return <p className="text-sm text-bad">{t('queue.unknown')}</p>;
  return (
    <p className="text-sm break-words text-bad">
      {t(`error.code.${error.code}`, { defaultValue: error.message })} {error.message}
    </p>
  );
}

/** Sending it again: as it is, on top of what others have changed meanwhile, or to find out what became of it. */
function WaysOn({ command }: { command: QueuedCommand }) {
  const { t } = useTranslation();
  const realtime = useRealtime();
  const { commandId, state, input, error, outcome } = command;
  if (state === 'waiting') return null;
  const version = error?.code === 'conflict' ? currentVersion(realtime, command) : null;
  const again = (changed?: typeof input): void => void realtime.queue.retry(commandId, changed);
  if (version !== null && version !== input.expectedVersion) {
    return (
      <Button look="primary" onClick={() => again({ ...input, expectedVersion: version })}>
        {t('queue.on_top')}
      </Button>
    );
  }
  const label = state === 'expired' ? 'queue.send_new' : outcome === 'unknown' ? 'queue.ask' : 'queue.again';
  return <Button onClick={() => again()}>{t(label)}</Button>;
}
