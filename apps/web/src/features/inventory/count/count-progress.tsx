import type { Count } from '@almenara/events';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { usePersonName } from './use-person-name.ts';

/** How far the count is, and what part of it each person has done. */
export function CountProgress({ count, left }: { count: Count; left: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = usePersonName();
  const done = count.entries.length;
  const total = Math.max(done + left, 1);
  const byPerson = new Map<string, number>();
  for (const { userId } of count.entries) byPerson.set(userId, (byPerson.get(userId) ?? 0) + 1);
  const people = [...byPerson].sort((a, b) => b[1] - a[1]);
  return (
    <section aria-labelledby="count-progress" className="rounded-xl border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 id="count-progress" className="text-lg font-semibold">
          {t('count.progress', { done: formats.number(done), total: formats.number(done + left) })}
        </h2>
        <p className="text-sm text-soft">
          {t('count.started', { name: nameOf(count.startedBy), when: formats.when(count.startedAt) })}
        </p>
      </div>
      <ul className="mt-2 flex flex-col gap-1.5">
        {people.map(([userId, n]) => (
          <li key={userId} className="grid grid-cols-[minmax(0,9rem)_1fr_3.5rem] items-center gap-3">
            <span className="truncate" title={nameOf(userId)}>
              {nameOf(userId)}
            </span>
            <span
              role="progressbar"
              aria-label={nameOf(userId)}
              aria-valuemin={0}
              aria-valuemax={total}
              aria-valuenow={n}
              className="h-2.5 overflow-hidden rounded-full bg-line"
            >
              <span
                className="block h-full forced-color-adjust-none origin-left rounded-full bg-signal transition-transform"
                style={{ transform: `scaleX(${n / total})` }}
              />
            </span>
            <span className="text-right font-semibold">{formats.number(n)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
