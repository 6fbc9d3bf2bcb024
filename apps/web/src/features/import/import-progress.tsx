import type { ImportPreview, ImportState } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import type { ImportStore } from './import-store.ts';
import { useImportTexts } from './use-import-texts.ts';

interface ImportProgressProps {
  readonly importing: ImportStore;
  readonly state: ImportState;
  readonly preview: ImportPreview | null;
}

/** A run: how far it is, and what came of it. */
export function ImportProgress({ importing, state, preview }: ImportProgressProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const texts = useImportTexts();
  const { stage, steps, cancelling, imported, trouble } = state;
  return (
    <section className="flex max-w-2xl flex-col gap-4 rounded-xl border border-line bg-surface p-4">
      <h2 className="text-lg font-semibold">
        <span aria-live="polite">
          {stage === 'running' && t(cancelling ? 'import.cancelling' : 'import.running')}
          {stage === 'done' &&
            (imported > 0
              ? t('import.done', { count: imported, shown: formats.number(imported) })
              : t('import.done_nothing'))}
          {stage === 'stopped' &&
            t('import.was_stopped', { count: imported, shown: formats.number(imported) })}
          {stage === 'failed' && t('import.failed')}
        </span>
      </h2>
      {trouble !== null && <Alert tone={stage === 'failed' ? 'bad' : 'warn'}>{texts.trouble(trouble)}</Alert>}
      {stage === 'running' && steps.length === 0 && <p className="text-soft">{t('import.reading')}</p>}
      <ol className="flex flex-col gap-3">
        {steps.map(({ name, done, total }) => (
          <li key={name}>
            <div className="flex justify-between gap-3">
              <span id={`step-${name}`}>{t(`import.step.${name}`)}</span>
              <span className="text-soft">
                {formats.number(done)} / {formats.number(total)}
              </span>
            </div>
            <progress
              aria-labelledby={`step-${name}`}
              value={done}
              max={total}
              className="mt-1 h-2.5 w-full overflow-hidden rounded-full accent-(--signal) forced-color-adjust-none [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-signal"
            />
          </li>
        ))}
      </ol>
      {stage === 'running' && (
        <div className="flex flex-wrap items-center gap-3">
          <Button look="danger" pending={cancelling} onClick={() => void importing.cancel()}>
            {t('import.cancel')}
          </Button>
          <p className="min-w-0 flex-1 text-sm text-soft">{t('import.may_leave')}</p>
        </div>
      )}
      {(stage === 'stopped' || stage === 'failed') && (
        <div>
          <Button look="primary" onClick={() => void importing.run()}>
            {t(stage === 'stopped' ? 'import.go_on' : 'action.retry')}
          </Button>
        </div>
      )}
      {stage === 'done' && (
        <>
          <p className="text-soft">
            {t('import.safe')}
            {preview?.plan && preview.plan.bad > 0 && ` ${t('import.left_out', { count: preview.plan.bad })}`}
          </p>
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {(['orders', 'clients', 'inventory'] as const).map((page) => (
              <li key={page}>
                <Link to={`/${page}`} className="control inline-flex items-center text-cool underline">
                  {t(`nav.${page}`)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
