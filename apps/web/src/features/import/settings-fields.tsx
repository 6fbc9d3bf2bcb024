import type { ImportPreview, ImportSettings } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DELIMITER_KEYS } from './column-mapping.tsx';

const ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le', 'macroman'];
const CURRENCIES = Intl.supportedValuesOf('currency');
const DATE_ORDERS = ['dmy', 'mdy', 'ymd', 'serial'] as const;
const asIs = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** How long after the last key a typed setting is taken. */
const TYPING_MS = 500;

interface SettingsFieldsProps {
  readonly settings: ImportSettings;
  readonly preview: ImportPreview | null;
  readonly onChange: (settings: ImportSettings) => void;
}

/** What only a person can know, and what can be set right where the file was misread. */
export function SettingsFields({ settings, preview, onChange }: SettingsFieldsProps) {
  const { t } = useTranslation();
  /** A setting that is empty is found in the file. */
  const choose =
    <K extends keyof ImportSettings>(key: K, options: readonly (ImportSettings[K] & string)[]) =>
    (value: string): void => {
      const { [key]: _, columns, ...others } = settings;
      // Another separator or encoding gives other columns, so what was chosen for the old ones is dropped.
      const keepsColumns = columns !== undefined && key !== 'delimiter' && key !== 'encoding';
      const rest = keepsColumns ? { ...others, columns } : others;
      const chosen = options.find((option) => option === value);
      onChange(chosen === undefined ? rest : { ...rest, [key]: chosen });
    };
  const reading = preview?.reading;
  const found = (text: string): string => t('import.found', { found: text });
  return (
    <section className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4">
      <h2 className="font-semibold">{t('import.settings')}</h2>
      <SelectField
        label={t('import.as')}
        value={settings.as ?? 'delivered'}
        options={[
          { value: 'delivered', label: t('import.as_delivered') },
          { value: 'open', label: t('import.as_open') },
        ]}
        onChange={choose('as', ['delivered', 'open'])}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Typed
          label={t('import.zone')}
          hint={t('import.zone_hint')}
          value={settings.zone ?? ''}
          onChange={(zone) => onChange({ ...settings, zone })}
        />
        <Typed
          label={t('import.source')}
          hint={t('import.source_hint')}
          value={settings.source ?? ''}
          onChange={(source) => onChange({ ...settings, source })}
        />
        <SelectField
          label={t('import.currency')}
          value={settings.currency ?? ''}
          placeholder={preview ? found(preview.settings.currency) : t('import.auto')}
          options={asIs(CURRENCIES)}
          onChange={choose('currency', CURRENCIES)}
        />
        <SelectField
          label={t('import.time_zone')}
          value={settings.timeZone ?? 'UTC'}
          options={asIs([
            ...new Set(['UTC', settings.timeZone ?? 'UTC', ...Intl.supportedValuesOf('timeZone')]),
          ])}
          onChange={(timeZone) => onChange({ ...settings, timeZone })}
        />
        <SelectField
          label={t('import.dates')}
          value={settings.dateOrder ?? ''}
          placeholder={reading ? found(t(`import.date_order.${reading.dateOrder}`)) : t('import.auto')}
          options={DATE_ORDERS.map((value) => ({ value, label: t(`import.date_order.${value}`) }))}
          onChange={choose('dateOrder', DATE_ORDERS)}
        />
        <SelectField
          label={t('import.decimal')}
          value={settings.decimal ?? ''}
          placeholder={reading ? found(reading.decimal === ',' ? '1,50' : '1.50') : t('import.auto')}
          options={[
            { value: ',', label: '1,50' },
            { value: '.', label: '1.50' },
          ]}
          onChange={choose('decimal', [',', '.'])}
        />
        <SelectField
          label={t('import.delimiter_label')}
          value={settings.delimiter ?? ''}
          placeholder={
            preview
              ? found(t(`import.delimiter.${DELIMITER_KEYS[preview.settings.delimiter]}`))
              : t('import.auto')
          }
          options={[
            { value: ';', label: t('import.delimiter.semicolon') },
            { value: ',', label: t('import.delimiter.comma') },
            { value: '\t', label: t('import.delimiter.tab') },
            { value: '|', label: t('import.delimiter.bar') },
          ]}
          onChange={choose('delimiter', [';', ',', '\t', '|'])}
        />
        <SelectField
          label={t('import.encoding')}
          value={settings.encoding ?? ''}
          placeholder={preview ? found(preview.encoding) : t('import.auto')}
          options={asIs(ENCODINGS)}
          onChange={choose('encoding', ENCODINGS)}
        />
        <Cancellations settings={settings} preview={preview} onChange={onChange} />
      </div>
    </section>
  );
}

/** Which documents take back what others sold. */
function Cancellations({ settings, preview, onChange }: SettingsFieldsProps) {
  const { t } = useTranslation();
  const rule = settings.cancellations ?? 'auto';
  const given = /^prefix[:= ](.*)$/.exec(rule)?.[1];
  const decision = preview?.reading?.decisions.find(({ about }) => about === 'cancellations');
  const found = decision?.about === 'cancellations' ? [...decision.prefixes, ...decision.others] : [];
  const choose = (cancellations: string): void =>
    onChange({
      ...settings,
      cancellations: cancellations === 'prefix' ? `prefix:${found[0] ?? 'C'}` : cancellations,
    });
  return (
    <>
      <SelectField
        label={t('import.cancellations')}
        value={given === undefined ? rule : 'prefix'}
        options={[
          {
            value: 'auto',
            label:
              rule === 'auto' && found.length > 0
                ? t('import.found', { found: found.map((prefix) => `${prefix}…`).join(', ') })
                : t('import.auto'),
          },
          { value: 'prefix', label: t('import.cancellations_prefix') },
          { value: 'negative', label: t('import.cancellations_negative') },
          { value: 'none', label: t('import.cancellations_none') },
        ]}
        onChange={choose}
      />
      {given !== undefined && (
        <Typed
          label={t('import.cancellations_begin')}
          hint={t('import.cancellations_hint')}
          value={given}
          onChange={(prefix) =>
            onChange({ ...settings, cancellations: `prefix:${prefix.replaceAll(/\s/g, '').slice(0, 20)}` })
          }
        />
      )}
    </>
  );
}

interface TypedProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Taken a moment after the last key: each change has the file read again. */
function Typed({ label, hint, value, onChange }: TypedProps) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text.trim() === '' || text === value) return;
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return <TextField label={label} hint={hint} value={text} onChange={setText} />;
}
