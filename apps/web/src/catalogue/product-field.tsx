import type { Product } from '@almenara/events';
import { type Ref, useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Combobox } from '../ui/combobox.tsx';
import { findProducts, useProducts } from './use-products.ts';

interface ProductFieldProps {
  readonly product: Product | null;
  readonly onPick: (product: Product | null) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One product that is kept in stock. */
export function ProductField({ product, onPick, error, autoFocus = false, inputRef }: ProductFieldProps) {
  const { t } = useTranslation();
  const products = useProducts();
  const [typed, setTyped] = useState<string | null>(null);
  const found = findProducts(products, typed ?? '', 30).filter((candidate) => candidate.stocked);
  return (
    <Combobox
      label={t('inventory.product')}
      placeholder={t('new_order.product_hint')}
      nothing={t('new_order.no_product')}
      text={typed ?? product?.name ?? ''}
      onText={(text) => {
        setTyped(text);
        onPick(null);
      }}
      options={found.map(({ id, sku, name }) => ({ id, label: name, detail: sku }))}
      onPick={({ id }) => {
        setTyped(null);
        onPick(found.find((candidate) => candidate.id === id) ?? null);
      }}
      error={error}
      autoFocus={autoFocus}
      {...(inputRef && { inputRef })}
    />
  );
}
