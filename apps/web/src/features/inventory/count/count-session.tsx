import type { Count } from '@almenara/events';
import { useMemo, useRef, useState } from 'react';
import { useProductsOf } from '../../../catalogue/use-asked-products.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { textSearch } from '../../../text-search.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { CountEnd } from './count-end.tsx';
import { CountEntryForm, type CountEntryHandle } from './count-entry-form.tsx';
import { type CountedProduct, type CountItem, CountList } from './count-list.tsx';
import { CountProgress } from './count-progress.tsx';
import { useIsHeld, useZoneProducts } from './use-zone-products.ts';

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
  const { lists, left, showMore } = useLists(count, search);
  const { finds } = textSearch(search);
  const shown = lists[list].filter(
    ({ product, isFound }) => isFound || finds(product.sku, product.name, product.barcode),
  );
  const numbers = { left, counted: count.entries.length, differing: lists.differing.length };
  const pick = (product: CountedProduct): void => form.current?.begin(product);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4">
      <CountProgress count={count} left={left} />
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
              {t(`count.${name}`)} <span className="text-sm">{formats.number(numbers[name])}</span>
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
        <CountList
          items={shown}
          countId={count.id}
          onPick={canWrite ? pick : null}
          onEnd={list === 'left' ? showMore : null}
        />
      )}
      {canWrite && <CountEnd count={count} left={left} differing={lists.differing} />}
    </div>
  );
}

interface Lists {
  readonly lists: Record<List, readonly CountItem[]>;
  /** How many are left, here or not. */
  readonly left: number;
  /** Brings more of those that are left; null where all are here. */
  readonly showMore: (() => void) | null;
}

function useLists(count: Count, search: string): Lists {
  const { products: held, total, showMore, isAll } = useZoneProducts(count.zone, search);
  const products = useProductsOf(count.entries.map(({ productId }) => productId));
  const lists = useMemo(() => {
    const entries = new Map(count.entries.map((entry) => [entry.productId, entry]));
    const counted = [...entries.values()]
      .flatMap((entry) => {
        const product = products.get(entry.productId);
        return product ? [{ product, entry }] : [];
      })
      .sort((a, b) => (a.entry.at < b.entry.at ? 1 : -1));
    return {
      // Where only part of the products is here, the server has done the search.
      left: held
        .filter(({ id }) => !entries.has(id))
        .map((product) => ({ product, entry: null, isFound: !isAll })),
      counted,
      differing: counted.filter(({ entry }) => entry.counted !== entry.expected),
    };
  }, [count.entries, held, products, isAll]);
  const isHeld = useIsHeld(count.zone);
  const countedOfZone = count.entries.filter(({ productId, expected }) => expected > 0 || isHeld(productId));
  return { lists, left: isAll ? lists.left.length : Math.max(0, total - countedOfZone.length), showMore };
}
