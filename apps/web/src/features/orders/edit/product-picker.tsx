import type { Product } from '@almenara/events';
import { useState } from 'react';
import { askProductOfCode, productOfCode, useFoundProducts } from '../../../catalogue/use-found-products.ts';
import { useProducts } from '../../../catalogue/use-products.ts';
import { useAvailability } from '../../../catalogue/use-stock.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useTopicPart } from '../../../realtime/index.ts';
import { Combobox } from '../../../ui/combobox.tsx';
import { looksLikeCode } from './scan.ts';
import { useScanner } from './use-scanner.ts';

interface ProductPickerProps {
  /** What this order itself holds, which is its own to use. */
  readonly held: ReadonlyMap<string, number> | undefined;
  readonly error: string | undefined;
  readonly onPick: (product: Product) => void;
}

/** What is left of a product for an order; null until it is known. */
export const leftOf = (available: number | undefined, held = 0): number | null =>
  available === undefined ? null : available + held;

/** Adds products: picked from what fits, by a whole code and Enter, or by a scanner wherever the focus is. */
export function ProductPicker({ held, error, onPick }: ProductPickerProps) {
  const { t } = useTranslation();
  const products = useProducts();
  // False, too, until the products have arrived.
  const allAreHere = useTopicPart('products', (view) => !view.truncated) ?? false;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const found = useFoundProducts(text, 20);
  const availability = useAvailability(found.map(({ id }) => id));
  const detail = ({ id, stocked }: Product): string => {
    if (!stocked) return t('new_order.not_stocked');
    const left = leftOf(availability.get(id), held?.get(id));
    return left === null ? '…' : t('new_order.available', { count: left });
  };

  const show = (next: string): void => {
    setText(next);
    setProblem(null);
  };
  const add = (product: Product): void => {
    setSaid(t('new_order.added', { product: product.name, quantity: '+1' }));
    onPick(product);
  };
  const addCode = async (code: string): Promise<void> => {
    const known = productOfCode(products, code);
    // A code that is not known stays in the field, to be read, corrected and tried again.
    show(known ? '' : code);
    if (known) return add(known);
    if (allAreHere) return setProblem(t('new_order.unknown_code', { code }));
    try {
      const product = await askProductOfCode(code);
      if (product) {
        // Empties the field only if nothing else has been typed meanwhile.
        setText((now) => (now === code ? '' : now));
        add(product);
      } else setProblem(t('new_order.unknown_code', { code }));
    } catch {
      setProblem(t('new_order.code_unsure', { code }));
    }
  };
  useScanner({
    isCode: (code) => productOfCode(products, code) !== undefined || looksLikeCode(code),
    onScan: (code) => void addCode(code),
  });

  return (
    <>
      <Combobox
        label={t('new_order.add_product')}
        placeholder={t('new_order.product_hint')}
        nothing={t('new_order.no_product')}
        text={text}
        onText={show}
        // Never sends the form: scanners press Enter, some of them twice.
        onEnter={(typed) => {
          if (typed.trim() !== '') void addCode(typed.trim());
        }}
        error={problem ?? error}
        options={found.map((product) => ({
          id: product.id,
          label: `${product.sku} · ${product.name}`,
          detail: detail(product),
        }))}
        onPick={({ id }) => {
          const product = found.find((candidate) => candidate.id === id);
          if (!product) return;
          show('');
          add(product);
        }}
      />
      <output className="sr-only" aria-live="polite">
        {said}
      </output>
    </>
  );
}
