import type { Product } from '@almenara/events';
import { type Ref, useRef, useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTopicPart } from '../realtime/index.ts';
import { textSearch } from '../text-search.ts';
import { Combobox } from '../ui/combobox.tsx';
import { askProductOfCode, useFoundProducts } from './use-found-products.ts';
import { isCode } from './use-products.ts';

interface ProductFieldProps {
  readonly product: Pick<Product, 'id' | 'name'> | null;
  readonly onPick: (product: Product | null) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One product that is kept in stock. */
export function ProductField({ product, onPick, error, autoFocus = false, inputRef }: ProductFieldProps) {
  const { t } = useTranslation();
  const truncated = useTopicPart('products', (view) => view.truncated) ?? false;
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(typed);
  const found = useFoundProducts(typed ?? '', 30).filter((candidate) => candidate.stocked);
  const type = (text: string | null): void => {
    latest.current = text;
    setTyped(text);
    setProblem(null);
  };
  const pick = (picked: Product | null): void => {
    type(null);
    onPick(picked);
  };
  /** A scanner's Enter comes before the server's answer to what it typed. */
  const enter = async (code: string): Promise<void> => {
    const search = textSearch(code);
    const known = found.find((candidate) => isCode(candidate, search));
    if (known) return pick(known);
    if (!truncated) return;
    try {
      const asked = await askProductOfCode(code);
      // Somebody has typed something else while the server was asked: the answer is not for that.
      if (latest.current?.trim() !== code) return;
      if (asked?.stocked) pick(asked);
      else setProblem(t('new_order.unknown_code', { code }));
    } catch {
      if (latest.current?.trim() === code) setProblem(t('new_order.code_unsure', { code }));
    }
  };
  return (
    <Combobox
      label={t('inventory.product')}
      placeholder={t('new_order.product_hint')}
      nothing={t('new_order.no_product')}
      text={typed ?? product?.name ?? ''}
      onText={(text) => {
        type(text);
        onPick(null);
      }}
      onEnter={(text) => {
        if (text.trim() !== '') void enter(text.trim());
      }}
      options={found.map(({ id, sku, name }) => ({ id, label: name, detail: sku }))}
      onPick={({ id }) => pick(found.find((candidate) => candidate.id === id) ?? null)}
      error={problem ?? error}
      autoFocus={autoFocus}
      {...(inputRef && { inputRef })}
    />
  );
}
