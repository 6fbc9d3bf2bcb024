import type { Count } from '@almenara/events';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { ProductField } from '../../../catalogue/product-field.tsx';
import { CommandError } from '../../../forms/command-error.tsx';
import { useCommandForm } from '../../../forms/use-command-form.ts';
import { wholeNumber } from '../../../forms/whole-number.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useMe } from '../../../people/me.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { StockProduct } from '../stock-row.ts';
import { usePersonName } from './use-person-name.ts';

export interface CountEntryHandle {
  /** Begins the entry of this product. */
  begin(product: StockProduct): void;
}

interface CountEntryFormProps {
  readonly count: Count;
  readonly ref: Ref<CountEntryHandle>;
}

/** Scan or type a product, Enter, how many, Enter: and the next one. */
export function CountEntryForm({ count, ref }: CountEntryFormProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const me = useMe();
  const nameOf = usePersonName();
  const form = useCommandForm('record_count');
  const [product, setProduct] = useState<StockProduct | null>(null);
  const [typed, setTyped] = useState('');
  const [told, setTold] = useState('');
  const productInput = useRef<HTMLInputElement>(null);
  const quantityInput = useRef<HTMLInputElement>(null);
  const begin = (picked: StockProduct): void => {
    setProduct(picked);
    setTyped('');
    quantityInput.current?.focus();
    quantityInput.current?.scrollIntoView({ block: 'center' });
  };
  useImperativeHandle(ref, () => ({ begin }));
  const entry = count.entries.find(({ productId }) => productId === product?.id);
  const submit = async (): Promise<void> => {
    const counted = wholeNumber(typed);
    const result = await form.submit({ countId: count.id, productId: product?.id ?? '', counted });
    if (!result || !product) return;
    const previous = result.kind === 'done' ? result.output.previous : null;
    const said = { product: product.name, counted: formats.number(counted) };
    setTold(
      previous && previous.userId !== me.id
        ? t('count.recorded_over', {
            ...said,
            name: nameOf(previous.userId),
            before: formats.number(previous.counted),
          })
        : t('count.recorded', said),
    );
    setProduct(null);
    setTyped('');
    productInput.current?.focus();
  };
  return (
    <form
      noValidate
      aria-label={t('count.form')}
      className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <CommandError error={form.error} />
      <div className="grid gap-3 sm:grid-cols-[1fr_8rem_auto] sm:items-start">
        <ProductField
          autoFocus
          inputRef={productInput}
          product={product}
          onPick={(picked) => (picked ? begin(picked) : setProduct(null))}
          error={form.errors.productId}
        />
        <TextField
          label={t('count.how_many')}
          inputMode="numeric"
          value={typed}
          onChange={setTyped}
          error={form.errors.counted}
          inputRef={quantityInput}
        />
        <Button type="submit" look="primary" pending={form.pending} className="min-h-12 sm:mt-6">
          {t('count.record')}
        </Button>
      </div>
      <p role="status" className="min-h-6 text-soft">
        {product && entry
          ? t('count.already', { name: nameOf(entry.userId), counted: formats.number(entry.counted) })
          : told}
      </p>
    </form>
  );
}
