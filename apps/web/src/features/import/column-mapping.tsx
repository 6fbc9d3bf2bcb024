import { type ImportColumns, ImportField, type ImportPreview, REQUIRED_FIELDS } from '@almenara/events';
import { clsx } from 'clsx';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';

export const DELIMITER_KEYS = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' } as const;

interface ColumnMappingProps {
  readonly preview: ImportPreview;
  /** What somebody has chosen; the dry run with it may still be under way. */
  readonly columns: ImportColumns;
  readonly onChange: (columns: ImportColumns) => void;
}

/** The file's columns with their first values, and what each of them means. */
export function ColumnMapping({ preview, columns, onChange }: ColumnMappingProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { headings, rows, settings } = preview;
  const missing = REQUIRED_FIELDS.filter((field) => columns[field] === null);
  const fieldOf = (index: number): ImportField | '' =>
    ImportField.options.find((field) => columns[field] === index) ?? '';
  const give = (index: number, field: string): void => {
    const next = { ...columns };
    for (const known of ImportField.options) {
      if (next[known] === index) next[known] = null;
      if (known === field) next[known] = index;
    }
    onChange(next);
  };
  return (
    <section className="rounded-xl border border-line bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-3 pb-2">
        <h2 className="font-semibold">{t('import.columns')}</h2>
        <p className="text-sm text-soft">
          {t('import.file_facts', {
            lines: formats.number(preview.lines),
            encoding: preview.encoding,
            delimiter: t(`import.delimiter.${DELIMITER_KEYS[settings.delimiter]}`),
          })}
        </p>
      </header>
      {missing.length > 0 && (
        <p role="status" className="mx-4 mb-2 rounded-lg bg-signal-wash px-3 py-2 text-signal-ink">
          {t('import.missing', { fields: missing.map((field) => t(`import.field.${field}`)).join(', ') })}
        </p>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {headings.map((heading, index) => {
          const field = fieldOf(index);
          const values = rows.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '');
          return (
            <li
              key={index}
              className="grid gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[1fr_15.5rem] sm:items-center"
            >
              <div className="min-w-0">
                <p className="font-medium break-words">
                  {heading || t('import.no_heading', { number: index + 1 })}
                </p>
                <p className="truncate text-sm text-soft">{values.slice(0, 3).join(' · ') || '–'}</p>
              </div>
              <select
                aria-label={t('import.meaning_of', { heading: heading || String(index + 1) })}
                className={clsx('field control', field === '' && 'text-soft')}
                value={field}
                onChange={(event) => give(index, event.target.value)}
              >
                <option value="">{t('import.ignored')}</option>
                {ImportField.options.map((option) => (
                  <option key={option} value={option}>
                    {t(`import.field.${option}`)}
                    {REQUIRED_FIELDS.includes(option) ? ' *' : ''}
                  </option>
                ))}
              </select>
            </li>
          );
        })}
      </ul>
      <p className="border-t border-line px-4 py-2 text-sm text-soft">
        {t('import.required_note')}{' '}
        {missing.length === 0 && <Badge tone="good">{t('import.complete')}</Badge>}
      </p>
    </section>
  );
}
