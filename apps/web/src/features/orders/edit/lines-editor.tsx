import { Trash2 } from 'lucide-react';
import { useId } from 'react';
import { useProductsOf } from '../../../catalogue/use-asked-products.ts';
import { useAvailability } from '../../../catalogue/use-stock.ts';
import type { FieldErrors } from '../../../http/server-fields.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { IconButton } from '../../../ui/button.tsx';
import { type LineDraft, type MissingLine, totalOfDrafts, withProduct } from './line-draft.ts';
import { leftOf, ProductPicker } from './product-picker.tsx';

interface LinesEditorProps {
  readonly lines: readonly LineDraft[];
  /**
   * Takes a change rather than new lines: a product that the server was asked for may arrive between another
   * change and its render, and neither may be lost.
   */
  readonly onChange: (change: (lines: readonly LineDraft[]) => readonly LineDraft[]) => void;
  /** By path in the command's input, as `lines.0.quantity`. */
  readonly errors: FieldErrors;
  readonly missing: ReadonlyMap<number, MissingLine>;
  /** What this order itself holds, which is its own to use. */
  readonly held?: ReadonlyMap<string, number>;
}

export function LinesEditor({ lines, onChange, errors, missing, held }: LinesEditorProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ids = lines.map(({ productId }) => productId);
  const products = useProductsOf(ids);
  const availability = useAvailability(ids);
  const left = (productId: string): number | null =>
    leftOf(availability.get(productId), held?.get(productId));
  const total = totalOfDrafts(lines);
  return (
    <div className="flex flex-col gap-3">
      <ProductPicker
        held={held}
        error={errors.lines}
        onPick={(product) => onChange((now) => withProduct(now, product))}
      />
      {lines.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-xl border border-line">
          {lines.map((line, i) => (
            <LineRow
              key={line.key}
              line={line}
              stocked={products.get(line.productId)?.stocked ?? true}
              left={left(line.productId)}
              error={errors[`lines.${i}.quantity`] ?? errors[`lines.${i}`]}
              missing={missing.get(i)}
              onQuantity={(quantity) =>
                onChange((now) => now.map((other) => (other === line ? { ...line, quantity } : other)))
              }
              onRemove={() => onChange((now) => now.filter((other) => other !== line))}
            />
          ))}
        </ul>
      )}
      <p className="flex min-h-6 items-baseline justify-end gap-3">
        {total !== null && (
          <>
            <span className="text-soft">{t('new_order.estimate')}</span>
            <span className="text-lg font-semibold">{formats.money(total)}</span>
          </>
        )}
        {total === null && new Set(lines.map((line) => line.unitPrice.currency)).size > 1 && (
          <span className="text-signal-ink">{t('new_order.currencies')}</span>
        )}
      </p>
    </div>
  );
}

interface LineRowProps {
  readonly line: LineDraft;
  readonly stocked: boolean;
  /** Null until it is known. */
  readonly left: number | null;
  readonly error: string | undefined;
  readonly missing: MissingLine | undefined;
  readonly onQuantity: (quantity: string) => void;
  readonly onRemove: () => void;
}

function LineRow({ line, stocked, left, error, missing, onQuantity, onRemove }: LineRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const noteId = useId();
  const problem = missing
    ? t('new_order.only', {
        requested: formats.number(missing.requested),
        available: formats.number(missing.available),
      })
    : error;
  return (
    // Of hundreds of lines the browser lays out only those in sight.
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 pr-1 pl-3 [contain-intrinsic-size:auto_4rem] [content-visibility:auto]">
      <span className="min-w-0 flex-1 basis-40">
        <span className="block font-medium break-words">{line.name}</span>
        <span className="block text-sm break-words text-soft">
          <span className="font-mono">{line.sku}</span> · {formats.money(line.unitPrice)} ·{' '}
          {!stocked && t('new_order.not_stocked')}
          {stocked && (left === null ? '…' : t('new_order.available', { count: left }))}
        </span>
      </span>
      <input
        inputMode="numeric"
        aria-label={t('new_order.quantity_of', { product: line.name })}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : noteId}
        className="field control w-24! px-2.5 text-right"
        value={line.quantity}
        onChange={(event) => onQuantity(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
      <IconButton label={t('new_order.remove', { product: line.name })} onClick={onRemove}>
        <Trash2 aria-hidden className="size-4.5" />
      </IconButton>
      {problem !== undefined && (
        <p id={noteId} className="w-full text-sm font-medium text-bad">
          {problem}
        </p>
      )}
    </li>
  );
}
