import type { ImportState } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useMe } from '../../people/me.ts';
import { Badge } from '../../ui/badge.tsx';

const TONES = {
  ready: 'plain',
  reading: 'plain',
  running: 'signal',
  done: 'good',
  stopped: 'signal',
  failed: 'bad',
} as const;

/** Files imported within the last hour, in this tab or another; administrators see those of others, too. */
export function RecentImports({ imports }: { imports: readonly ImportState[] }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <ImportList
        title={t('import.recent')}
        imports={imports.filter(({ owner }) => owner.id === me.id)}
        named={false}
      />
      <ImportList
        title={t('import.of_others')}
        imports={imports.filter(({ owner }) => owner.id !== me.id)}
        named
      />
    </>
  );
}

interface ImportListProps {
  readonly title: string;
  readonly imports: readonly ImportState[];
  /** Whether to say whose they are. */
  readonly named: boolean;
}

function ImportList({ title, imports, named }: ImportListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const heading = useId();
  if (imports.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="mb-2 font-semibold">
        {title}
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
        {imports.map(({ id, fileName, stage, createdAt, owner }) => (
          <li key={id}>
            <Link
              to="/import"
              search={{ id }}
              className="control flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 hover:bg-sunken focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1 basis-48 font-medium break-words">{fileName}</span>
              {named && <span className="text-sm text-soft">{owner.name}</span>}
              <span className="text-sm text-soft">{formats.dateTime(createdAt)}</span>
              <Badge tone={TONES[stage]}>{t(`import.stage.${stage}`)}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
