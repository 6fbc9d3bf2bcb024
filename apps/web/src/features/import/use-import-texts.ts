import { type ImportReason, ImportTrouble } from '@almenara/events';
import type { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { isFields } from '../../http/shape.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

const SETTINGS = {
  source: 'import.source',
  zone: 'import.zone',
  currency: 'import.currency',
  timeZone: 'import.time_zone',
  encoding: 'import.encoding',
  cancellations: 'import.cancellations',
} as const;
const isSetting = (path: unknown): path is keyof typeof SETTINGS =>
  typeof path === 'string' && Object.hasOwn(SETTINGS, path);

/** What is wrong with a line, a file or a run, in the reader's language. */
export function useImportTexts() {
  const { t } = useTranslation();
  const formats = useFormats();
  const problemText = useProblemText();

  const reason = (why: ImportReason): string => {
    switch (why.code) {
      case 'extra_cells':
        return t('import.why.extra_cells', {
          cells: formats.number(why.cells),
          width: formats.number(why.width),
        });
      case 'empty':
        return t('import.why.empty', { field: t(`import.field.${why.field}`) });
      case 'too_long':
        return t('import.why.too_long', {
          field: t(`import.field.${why.field}`),
          most: formats.number(why.most),
        });
      case 'no_number':
        return t('import.why.no_number', { field: t(`import.field.${why.field}`), found: why.found });
      case 'too_many':
        return t('import.why.too_many', { found: why.found, most: formats.number(why.most) });
      case 'long_document':
        return t('import.why.long_document', {
          lines: formats.number(why.lines),
          most: formats.number(why.most),
        });
      case 'no_date':
        return t('import.why.no_date', { found: why.found, order: t(`import.date_order.${why.order}`) });
      default: {
        const { code, ...more } = why;
        return t(`import.why.${code}`, more);
      }
    }
  };

  const trouble = (what: ImportTrouble): string => {
    switch (what.code) {
      case 'open_quote':
        return t('import.trouble.open_quote', { line: formats.number(what.line) });
      case 'run_on_quote':
        return t('import.trouble.run_on_quote', {
          line: formats.number(what.line),
          lastLine: formats.number(what.lastLine),
        });
      case 'long_line':
      case 'many_columns':
        return t(`import.trouble.${what.code}`, {
          line: formats.number(what.line),
          most: formats.number(what.most),
        });
      case 'no_right':
        return t(`import.trouble.no_right.${what.why}`);
      case 'large_stock':
        return t('import.trouble.large_stock', { product: what.product });
      case 'missing_columns':
        return t('import.missing', {
          fields: what.fields.map((field) => t(`import.field.${field}`)).join(', '),
        });
      case 'bad_lines':
        return t('import.trouble.bad_lines', {
          bad: formats.number(what.bad),
          most: formats.number(what.most),
        });
      case 'refused':
        return t('import.trouble.refused', { message: what.message });
      default:
        return t(`import.trouble.${what.code}`);
    }
  };

  const problem = (what: Problem): string => {
    const told = ImportTrouble.safeParse(what.details?.trouble);
    if (told.success) return trouble(told.data);
    const fields = Array.isArray(what.details?.fields) ? what.details.fields : [];
    const wrong = fields.flatMap((field) =>
      isFields(field) && isSetting(field.path) ? [t(SETTINGS[field.path])] : [],
    );
    return wrong.length > 0 ? t('import.setting_wrong', { settings: wrong.join(', ') }) : problemText(what);
  };

  return { reason, trouble, problem };
}
