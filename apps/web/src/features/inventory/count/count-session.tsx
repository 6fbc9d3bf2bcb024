import { type Count, fold, type Product } from '@almenara/events';
import { useMemo, useRef, useState } from 'react';
import { useProductsById } from '../../../catalogue/use-products.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { CountEnd } from './count-end.tsx';
import { CountEntryForm, type CountEntryHandle } from './count-entry-form.tsx';
import { type CountItem, CountList } from './count-list.tsx';
import { CountProgress } from './count-progress.tsx';
import { useZoneProducts } from './use-zone-products.ts';

const LISTS = ['left', 'counted', 'differing'] as const;
type List = (typeof LISTS)[number];

/** An open count: what to type into, who is how far, and what is left. */
export function CountSession({ count }: { count: Count }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const canWrite = useCanWrite();
  const form = useRef<CountEntryHandle>(null);
  const [list, setList] = useState<List>('left');
  const [search, setSearch] = useState('');
  const lists = useLists(count);
  const wanted = fold(search.trim());
  const shown = lists[list].filter(
    ({ product }) =>
      wanted === '' || fold(`${product.sku} ${product.name} ${product.barcode ?? ''}`).includes(wanted),
  );
  const pick = (product: Product): void => form.current?.begin(product);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4">
      <CountProgress count={count} left={lists.left.length} />
      {canWrite && <CountEntryForm ref={form} count={count} />}
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex rounded-lg border border-line bg-surface p-0.5">
          <legend className="sr-only">{t('count.show')}</legend>
          {LISTS.map((name) => (
            <label
              key={name}
              className="control inline-flex cursor-pointer items-center gap-1.5 rounded-md px-3 font-medium text-soft has-checked:bg-sunken has-checked:text-ink has-checked:shadow-[inset_0_-2px_0_var(--signal)] has-focus-visible:outline-2 has-focus-visible:outline-(--focus)"
            >
              <input
                type="radio"
                name={`${count.id}-list`}
                className="sr-only"
                checked={list === name}
                onChange={() => setList(name)}
              />
              {t(`count.${name}`)} <span className="text-sm">{formats.number(lists[name].length)}</span>
            </label>
          ))}
        </fieldset>
        <div className="flex min-w-48 flex-1">
          <SearchField label={t('inventory.search')} value={search} onChange={setSearch} />
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="py-6 text-center text-soft">{t(`count.no_${list}`)}</p>
      ) : (
        <CountList items={shown} countId={count.id} onPick={canWrite ? pick : null} />
      )}
      {canWrite && <CountEnd count={count} left={lists.left.length} differing={lists.differing} />}
    </div>
  );
}

function useLists(count: Count): Record<List, readonly CountItem[]> {
  const held = useZoneProducts(count.zone);
  const products = useProductsById();
  return useMemo(() => {
    const entries = new Map(count.entries.map((entry) => [entry.productId, entry]));
    const counted = [...entries.values()]
      .flatMap((entry) => {
        const product = products.get(entry.productId);
        return product ? [{ product, entry }] : [];
      })
      .sort((a, b) => (a.entry.at < b.entry.at ? 1 : -1));
    return {
      left: held.filter(({ id }) => !entries.has(id)).map((product) => ({ product, entry: null })),
      counted,
      differing: counted.filter(({ entry }) => entry.counted !== entry.expected),
    };
  }, [count.entries, held, products]);
}
