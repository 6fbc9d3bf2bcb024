import type { ImportSettings } from '@almenara/events';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { Alert } from '../../ui/alert.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { DropZone } from './drop-zone.tsx';
import { runImport, uploadFile } from './import-api.ts';
import { RecentImports } from './recent-imports.tsx';
import { useImports } from './use-imports.ts';

const ImportDetails = lazyPart(async () => (await import('./import-details.tsx')).ImportDetails);

/** How much the server says it takes. */
function mostOf(error: unknown): number | null {
  const most = error instanceof Problem ? error.details?.maxBytes : null;
  return typeof most === 'number' ? most : null;
}

/** /import: a file is chosen, looked at, and run. Which one is in the address, so that it can be left and found again. */
export function ImportPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const problemText = useProblemText();
  const canWrite = useCanWrite();
  const { id } = useSearch({ from: '/desk/import' });
  const navigate = useNavigate();
  const { imports, maxBytes } = useImports(id);
  const [uploading, setUploading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Kept while the page stands: should the server be started anew, the same file can be brought again.
  const file = useRef<File | null>(null);

  const tooLarge = (most: number): string =>
    t('import.too_large', { size: formats.number(Math.floor(most / 1_000_000)) });
  const bring = async (chosen: File, again?: ImportSettings): Promise<void> => {
    file.current = chosen;
    setProblem(null);
    if (maxBytes !== null && chosen.size > maxBytes) {
      setProblem(tooLarge(maxBytes));
      return;
    }
    setUploading(true);
    try {
      const brought = await uploadFile(chosen);
      if (again) await runImport(brought.import.id, again);
      await navigate({ to: '/import', search: { id: brought.import.id } });
    } catch (error) {
      setProblem(problemText(error, { 413: tooLarge(mostOf(error) ?? maxBytes ?? chosen.size) }));
    } finally {
      setUploading(false);
    }
  };

  if (!canWrite) {
    return (
      <Page title={t('import.title')}>
        <Alert tone="info">{t('import.viewer')}</Alert>
      </Page>
    );
  }
  return (
    <Page title={t('import.title')}>
      {problem !== null && <Alert tone="bad">{problem}</Alert>}
      {id === undefined ? (
        <div className="flex max-w-3xl flex-col gap-6">
          <p className="text-soft">{t('import.lead')}</p>
          <DropZone maxBytes={maxBytes} pending={uploading} onFile={(chosen) => void bring(chosen)} />
          <RecentImports imports={imports} />
        </div>
      ) : (
        <ImportDetails
          key={id}
          id={id}
          goOn={
            file.current === null
              ? null
              : (settings) => void bring(file.current ?? new File([], ''), settings)
          }
          goingOn={uploading}
        />
      )}
    </Page>
  );
}
