import { clsx } from 'clsx';
import { Pause, Play } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import { activityText } from '../../activity/activity-text.ts';
import {
  ACTIVITY_KINDS,
  type ActivityKind,
  KIND_OF,
  type ToldEnvelope,
  useActivity,
  useTeller,
} from '../../activity/index.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { usePeople } from '../../people/people.tsx';
import { IconButton } from '../../ui/button.tsx';
import { RowText, SteadyList } from '../../ui/steady-list.tsx';
import { useHeld } from '../../ui/use-held.ts';

const ROWS = 10;

/** What happened last. It stands still while somebody reads it, and says how much has come meanwhile. */
export function ActivityList() {
  const { t } = useTranslation();
  const all = useActivity();
  const [kind, setKind] = useState<ActivityKind | 'all'>('all');
  const activity = useMemo(
    () => all.filter(({ type }) => kind === 'all' || KIND_OF[type] === kind),
    [all, kind],
  );
  const { shown, held, paused, setPaused, catchUp, bind } = useHeld(activity);
  const list = useRef<HTMLDivElement>(null);
  const known = new Set(shown.map(({ id }) => id));
  const fresh = held ? activity.filter(({ id }) => !known.has(id)).length : 0;
  return (
    <section aria-labelledby="activity" className="rounded-xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="activity" className="font-semibold">
          {t('overview.activity')}
        </h2>
        <div className="flex flex-1 items-center justify-end gap-1">
          <button
            type="button"
            onClick={() => {
              catchUp();
              list.current?.focus();
            }}
            className={clsx(
              'control rounded-lg px-2.5 text-sm font-semibold text-cool underline',
              fresh === 0 && 'invisible',
            )}
          >
            {t('overview.fresh', { count: fresh })}
          </button>
          <IconButton
            label={t(paused ? 'overview.go_on' : 'overview.pause')}
            aria-pressed={paused}
            onClick={() => setPaused(!paused)}
          >
            {paused ? <Play aria-hidden className="size-4.5" /> : <Pause aria-hidden className="size-4.5" />}
          </IconButton>
        </div>
        <fieldset className="flex w-full gap-1 overflow-x-auto">
          <legend className="sr-only">{t('overview.kinds')}</legend>
          {(['all', ...ACTIVITY_KINDS] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={kind === one}
              onClick={() => {
                setKind(one);
                setPaused(false);
              }}
              className="control rounded-lg px-3 text-sm whitespace-nowrap text-soft hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-semibold aria-pressed:text-ink"
            >
              {t(`overview.kind.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <div ref={list} tabIndex={-1} {...bind} className="relative outline-none" data-held={held}>
        <SteadyList label={t('overview.activity')} items={shown} keyOf={({ id }) => id} rows={ROWS}>
          {(envelope) => <Entry envelope={envelope} />}
        </SteadyList>
        {shown.length === 0 && (
          <p className="absolute inset-x-0 top-4 text-soft">{t('overview.activity_empty')}</p>
        )}
      </div>
    </section>
  );
}

const Entry = memo(function Entry({ envelope }: { envelope: ToldEnvelope }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const text = activityText(useTeller(), envelope);
  const who = usePeople().find(({ id }) => id === envelope.userId)?.name;
  return (
    <>
      <RowText
        title={<span title={text}>{text}</span>}
        detail={envelope.userId === null ? t('activity.system') : (who ?? '…')}
      />
      <time dateTime={envelope.timestamp} className="w-16 shrink-0 text-right text-sm text-soft">
        {formats.when(envelope.timestamp)}
      </time>
    </>
  );
});
