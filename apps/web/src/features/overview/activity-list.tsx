import type { Envelope } from '@almenara/events';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActivity, useActivityText } from '../../activity/index.ts';
import { useFormats } from '../../i18n/format.ts';
import { usePeople } from '../../people/people.tsx';

const SHOWN = 15;

export function ActivityList() {
  const { t } = useTranslation();
  const activity = useActivity();
  return (
    <section aria-labelledby="activity" className="rounded-xl border border-line bg-surface p-4">
      <h2 id="activity" className="mb-1 font-semibold">
        {t('overview.activity')}
      </h2>
      {activity.length === 0 && <p className="text-soft">{t('overview.activity_empty')}</p>}
      <ul className="divide-y divide-line">
        {activity.slice(0, SHOWN).map((envelope) => (
          <Entry key={envelope.id} envelope={envelope} />
        ))}
      </ul>
    </section>
  );
}

const Entry = memo(function Entry({ envelope }: { envelope: Envelope }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const textOf = useActivityText();
  const who = usePeople().find(({ id }) => id === envelope.userId)?.name;
  return (
    <li className="flex items-baseline justify-between gap-3 py-2">
      <span className="min-w-0">
        <span className="block break-words">{textOf(envelope)}</span>
        <span className="block text-sm text-soft">
          {envelope.userId === null ? t('activity.system') : (who ?? '…')}
        </span>
      </span>
      <time dateTime={envelope.timestamp} className="shrink-0 text-sm text-soft">
        {formats.when(envelope.timestamp)}
      </time>
    </li>
  );
});
