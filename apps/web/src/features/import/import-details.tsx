import type { ImportSettings } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useUsualCurrency } from '../../catalogue/use-company.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useMe } from '../../people/me.ts';
import { useTopicPart } from '../../realtime/index.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportSetup } from './import-setup.tsx';
import { createImportStore } from './import-store.ts';
import { Reading } from './reading.tsx';
import { useImportTexts } from './use-import-texts.ts';

interface ImportDetailsProps {
  readonly id: string;
  /** Brings the same file again and runs it; null where this page does not have it any more. */
  readonly goOn: ((settings: ImportSettings) => void) | null;
  readonly goingOn: boolean;
}

/** What the desk prices new products in; null until that is known. */
function useDeskCurrency(): string | null {
  const usual = useUsualCurrency();
  const hasProducts = useTopicPart('products', () => true) !== null;
  const hasCompany = useTopicPart('company', () => true) !== null;
  return hasProducts && hasCompany ? usual : null;
}
const useDeskZone = (): string | null =>
  useTopicPart('zones', ({ zones }) => (zones.length === 1 ? (zones[0]?.code ?? 'MAIN') : 'MAIN'));

/** One import, from the first look to the result. */
export function ImportDetails(props: ImportDetailsProps) {
  const currency = useDeskCurrency();
  const zone = useDeskZone();
  // The dry run needs the desk's currency: it starts once that is known.
  if (currency === null || zone === null) return <Reading />;
  return <Import {...props} currency={currency} zone={zone} />;
}

function Import({
  id,
  goOn,
  goingOn,
  currency,
  zone,
}: ImportDetailsProps & { currency: string; zone: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const texts = useImportTexts();
  const [importing] = useState(() =>
    createImportStore(id, {
      source: 'csv',
      as: 'delivered',
      usualCurrency: currency,
      zone,
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
  );
  useEffect(() => importing.follow(), [importing]);
  const view = useStore(importing.store);
  const state = view.import;

  if (view.lost) {
    return (
      <div className="flex max-w-3xl flex-col items-start gap-3">
        <Alert tone="warn" title={t(state?.stage === 'running' ? 'import.lost_running' : 'import.lost')}>
          {t('import.lost_text')}
        </Alert>
        {goOn && (
          <Button look="primary" pending={goingOn} onClick={() => goOn(view.settings)}>
            {t('import.go_on')}
          </Button>
        )}
        <Another />
      </div>
    );
  }
  if (state === null) return <Reading />;
  const hasBegun = state.stage !== 'ready' && state.stage !== 'reading';
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0 text-lg font-semibold break-words">{state.fileName}</span>
        {state.owner.id !== me.id && (
          <span className="text-soft">{t('import.brought_by', { name: state.owner.name })}</span>
        )}
        <Another />
      </p>
      {view.problem && (
        <Alert tone="bad" title={t('import.problem')}>
          {texts.problem(view.problem)}
        </Alert>
      )}
      {hasBegun ? (
        <ImportProgress importing={importing} state={state} preview={view.preview} />
      ) : (
        <ImportSetup importing={importing} view={view} id={id} />
      )}
    </div>
  );
}

function Another() {
  const { t } = useTranslation();
  return (
    <Link to="/import" search={{}} className="control inline-flex items-center text-cool underline">
      {t('import.another')}
    </Link>
  );
}
