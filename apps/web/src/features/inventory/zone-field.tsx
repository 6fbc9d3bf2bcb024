import { useZones } from '../../catalogue/use-stock.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField } from '../../ui/select-field.tsx';

interface ZoneFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly error?: string | undefined;
  /** The code of a zone that is not offered, as the one that goods are moved from. */
  readonly without?: string;
}

export function ZoneField({ label, value, onChange, error, without }: ZoneFieldProps) {
  const { t } = useTranslation();
  const zones = (useZones() ?? []).filter(({ code }) => code !== without);
  return (
    <SelectField
      label={label}
      value={value}
      onChange={onChange}
      error={error === undefined ? undefined : t('field.choose')}
      placeholder={t('field.choose')}
      options={zones.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
    />
  );
}
