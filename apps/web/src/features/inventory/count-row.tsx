import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { wholeNumber } from '../../forms/whole-number.ts';
import { useFormats } from '../../i18n/format.ts';
import type { StockRow } from './stock-row.ts';

interface CountRowProps extends StockRow {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

export function CountRow({ level, product, value, error, onChange }: CountRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const noteId = useId();
  const difference = wholeNumber(value) - level.onHand;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <span className="min-w-0 flex-1 basis-40">
        <span className="block font-medium break-words">{product.name}</span>
        <span className="block font-mono text-sm text-soft">{product.sku}</span>
      </span>
      <span className="w-28 text-right text-sm whitespace-nowrap text-soft">
        {t('inventory.expected')} {formats.number(level.onHand)}
        <span className="block min-h-5 font-semibold text-ink">
          {value.trim() !== '' && !Number.isNaN(difference) && formats.signed(difference)}
        </span>
      </span>
      <input
        inputMode="numeric"
        aria-label={t('inventory.counted_of', { product: product.name })}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : noteId}
        className="field control w-24! text-right"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={noteId} className="w-full text-sm font-medium text-bad">
          {error}
        </p>
      )}
    </li>
  );
}
