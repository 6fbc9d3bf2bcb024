import type { Client } from '@almenara/events';
import { GitMerge } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { type Likeness, likelyDuplicates } from './duplicates.ts';

const MergeDialog = lazyPart(async () => (await import('./merge-dialog.tsx')).MergeDialog);

const SHOWN = 20;

/** Clients that may be one, to be looked at when somebody wants to. */
export function DuplicateList({ clients, isPart }: { clients: readonly Client[]; isPart: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const found = useMemo(() => likelyDuplicates(clients), [clients]);
  const [merging, setMerging] = useState<Likeness | null>(null);
  if (found.length === 0) return null;
  return (
    <details className="rounded-xl border border-line bg-surface">
      <summary className="control flex cursor-pointer items-center gap-2 px-4 font-medium">
        <GitMerge aria-hidden className="size-4 text-signal-ink" />
        {t('clients.duplicates', { count: found.length })}
      </summary>
      {isPart && (
        <p className="border-t border-line px-4 py-2 text-sm text-soft">
          {t('clients.duplicates_of', { shown: formats.number(clients.length) })}
        </p>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {found.slice(0, SHOWN).map((pair) => (
          <li key={pair.duplicate.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <span className="min-w-0 flex-1 break-words">
              {pair.kept.name} · {pair.duplicate.name}
              <span className="block text-sm text-soft">{t(`clients.alike.${pair.by}`)}</span>
            </span>
            <Button
              aria-label={t('clients.merge_pair', { kept: pair.kept.name, duplicate: pair.duplicate.name })}
              onClick={() => setMerging(pair)}
            >
              {t('clients.merge')}
            </Button>
          </li>
        ))}
      </ul>
      {merging && (
        <MergeDialog kept={merging.kept} duplicate={merging.duplicate} onClose={() => setMerging(null)} />
      )}
    </details>
  );
}
