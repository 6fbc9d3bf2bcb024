import { useTranslation } from '../../i18n/use-translation.ts';
import { BadLines } from './bad-lines.tsx';
import { ColumnMapping } from './column-mapping.tsx';
import { Guesses } from './guesses.tsx';
import type { ImportStore, ImportView } from './import-store.ts';
import { PlanSummary } from './plan-summary.tsx';
import { Reading } from './reading.tsx';
import { Services } from './services.tsx';
import { SettingsFields } from './settings-fields.tsx';

interface ImportSetupProps {
  readonly importing: ImportStore;
  readonly view: ImportView;
  readonly id: string;
}

/** What is in the file, how it is read, and what will come of it. */
export function ImportSetup({ importing, view, id }: ImportSetupProps) {
  const { t } = useTranslation();
  const { preview, settings, reading } = view;
  if (preview === null && view.problem === null) return <Reading />;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        {preview && (
          <ColumnMapping
            preview={preview}
            columns={settings.columns ?? preview.settings.columns}
            onChange={(columns) => importing.set({ ...settings, columns })}
          />
        )}
        <SettingsFields settings={settings} preview={preview} onChange={(next) => importing.set(next)} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-18" aria-busy={reading}>
        {preview?.plan ? (
          <>
            <PlanSummary
              plan={preview.plan}
              preview={preview}
              reading={reading}
              isRefused={view.problem !== null}
              onRun={() => void importing.run()}
            />
            <Guesses preview={preview} settings={settings} onChange={(next) => importing.set(next)} />
            <Services plan={preview.plan} settings={settings} onChange={(next) => importing.set(next)} />
            <BadLines id={id} plan={preview.plan} />
          </>
        ) : (
          <p className="rounded-xl border border-line bg-surface p-4 text-soft">
            {t(reading ? 'import.reading' : 'import.nothing_yet')}
          </p>
        )}
      </div>
    </div>
  );
}
