import type { ImportPlan } from '@almenara/events';
import { Download } from 'lucide-react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { badLinesPath } from './import-api.ts';
import { useImportTexts } from './use-import-texts.ts';

/** The lines that will be left out, and why. */
export function BadLines({ id, plan }: { id: string; plan: ImportPlan }) {
  const { t, language } = useTranslation();
  const formats = useFormats();
  const texts = useImportTexts();
  if (plan.bad === 0) return null;
  return (
    <section className="rounded-xl border border-line bg-surface">
      <header className="flex flex-wrap items-center justify-between gap-2 px-4 py-3">
        <h2 className="font-semibold text-bad">
          {t('import.bad', { count: plan.bad, shown: formats.number(plan.bad) })}
        </h2>
        <a
          href={badLinesPath(id, language)}
          download
          className="control inline-flex items-center gap-2 rounded-lg border border-edge px-3 font-medium hover:bg-sunken"
        >
          <Download aria-hidden className="size-4" />
          {t('import.bad_download')}
        </a>
      </header>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, with the keyboard too
        tabIndex={0}
        aria-label={t('import.bad_list')}
        className="relative max-h-96 divide-y divide-line overflow-y-auto border-t border-line"
      >
        {plan.badLines.map(({ line, why, content }) => (
          <li key={line} className="px-4 py-2">
            <p className="break-words">
              <span className="font-semibold">{t('import.line', { line: formats.number(line) })}</span>{' '}
              {texts.reason(why)}
            </p>
            <p className="font-mono text-sm break-all text-soft">{content}</p>
          </li>
        ))}
      </ul>
      {plan.badLines.length < plan.bad && (
        <p className="border-t border-line px-4 py-2 text-sm text-soft">
          {t('import.bad_more', { shown: formats.number(plan.badLines.length) })}
        </p>
      )}
    </section>
  );
}
