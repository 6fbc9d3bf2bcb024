import type { ClosedCount } from '@almenara/events';
import { ClipboardCheck } from 'lucide-react';
import { useProductsOf } from '../../../catalogue/use-asked-products.ts';
import { CommandError } from '../../../forms/command-error.tsx';
import { useCommandForm } from '../../../forms/use-command-form.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/placeholder.tsx';
import { usePersonName } from './use-person-name.ts';

interface NoCountProps {
  readonly zone: string;
  readonly last: ClosedCount | null;
}

/** How to begin, and how the last one went. */
export function NoCount({ zone, last }: NoCountProps) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const form = useCommandForm('start_count');
  return (
    <>
      {last && <LastCount last={last} />}
      <EmptyState
        icon={<ClipboardCheck aria-hidden />}
        title={t('count.none_title', { zone })}
        text={t('count.none_text')}
      >
        {canWrite && (
          <Button look="primary" pending={form.pending} onClick={() => void form.submit({ zone })}>
            {t('count.start')}
          </Button>
        )}
      </EmptyState>
      <div className="mx-auto w-full max-w-md">
        <CommandError error={form.error} />
      </div>
    </>
  );
}

function LastCount({ last }: { last: ClosedCount }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = usePersonName();
  const overtaken = last.overtaken.slice(0, 20);
  const products = useProductsOf(overtaken);
  const by = { name: nameOf(last.closedBy), when: formats.dateTime(last.closedAt) };
  return (
    <section
      aria-label={t('count.last')}
      role="status"
      className="rounded-xl border border-line bg-surface px-4 py-3"
    >
      <h2 className="font-semibold">{t(`count.last_${last.outcome}`, by)}</h2>
      <p className="text-soft">
        {last.outcome === 'finished'
          ? t('count.last_sum', {
              counted: formats.number(last.counted),
              changed: formats.number(last.changed),
            })
          : t('count.last_nothing')}
      </p>
      {last.overtaken.length > 0 && (
        <div className="mt-2 text-signal-ink">
          <p className="font-semibold">{t('count.overtaken')}</p>
          <ul className="list-inside list-disc">
            {overtaken.map((id) => (
              <li key={id} className="break-words">
                {products.get(id)?.name ?? '…'}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
