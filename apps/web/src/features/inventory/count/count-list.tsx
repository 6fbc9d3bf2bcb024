import type { CountEntry, Product } from '@almenara/events';
import { Undo2 } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { CommandError } from '../../../forms/command-error.tsx';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { IconButton } from '../../../ui/button.tsx';
import { useRowsInSight } from '../../../ui/use-rows-in-sight.ts';
import type { StockProduct } from '../stock-row.ts';
import { usePersonName } from './use-person-name.ts';

/** A product of a zone; its barcode, where it is known. */
export type CountedProduct = StockProduct & Partial<Pick<Product, 'barcode'>>;

export interface CountItem {
  readonly product: CountedProduct;
  /** The server has found it for the search: it is shown without being compared again. */
  readonly isFound?: boolean;
  /** Null while it has not been counted. */
  readonly entry: CountEntry | null;
}

interface CountListProps {
  readonly items: readonly CountItem[];
  readonly countId: string;
  /** Null for who only looks on. */
  readonly onPick: ((product: CountedProduct) => void) | null;
  /** The last of those that are here are in sight, and there are more. */
  readonly onEnd: (() => void) | null;
}

const ITEM_REM = 4.75;
/** So many before the end of what is here more is asked for. */
const AHEAD = 30;

/** The products of a count. Pressing one begins its entry. Only the rows in sight are drawn. */
export function CountList({ items, countId, onPick, onEnd }: CountListProps) {
  const list = useRef<HTMLUListElement>(null);
  const clear = useCommand('record_count');
  const [height] = useState(
    () => (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) * ITEM_REM,
  );
  const { indexes, before, after } = useRowsInSight(list, { count: items.length, height, beyond: 6 });
  const near = (indexes.at(-1) ?? 0) >= items.length - AHEAD;
  const ask = useEffectEvent(() => onEnd?.());
  useEffect(() => {
    if (near) ask();
  }, [near, items.length]);
  return (
    <>
      <CommandError error={clear.error} />
      <ul
        ref={list}
        className="overflow-clip rounded-xl border border-line bg-surface"
        style={{ paddingTop: before, paddingBottom: after }}
      >
        {indexes.map((index) => {
          const item = items[index];
          return (
            item && (
              <Item
                key={item.product.id}
                {...item}
                height={height}
                place={index + 1}
                of={items.length}
                onPick={onPick}
                onClear={() => void clear.run({ countId, productId: item.product.id, counted: null })}
              />
            )
          );
        })}
      </ul>
    </>
  );
}

interface ItemProps extends CountItem {
  readonly height: number;
  readonly place: number;
  readonly of: number;
  readonly onPick: ((product: CountedProduct) => void) | null;
  readonly onClear: () => void;
}

function Item({ product, entry, height, place, of, onPick, onClear }: ItemProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = usePersonName();
  const about = (
    <>
      <span className="block truncate font-medium">{product.name}</span>
      <span className="block truncate text-sm text-soft">
        <span className="font-mono">{product.sku}</span>
        {entry && ` · ${nameOf(entry.userId)} · ${formats.when(entry.at)}`}
      </span>
    </>
  );
  return (
    <li
      aria-posinset={place}
      aria-setsize={of}
      data-sku={product.sku}
      className="flex items-center gap-2 border-t border-line pr-2 first:border-t-0"
      style={{ height }}
    >
      {onPick ? (
        <button
          type="button"
          className="flex h-full min-w-0 flex-1 flex-col justify-center px-4 text-left hover:bg-sunken focus-visible:-outline-offset-2"
          onClick={() => onPick(product)}
        >
          {about}
        </button>
      ) : (
        <span className="min-w-0 flex-1 px-4">{about}</span>
      )}
      {entry && (
        <span className="shrink-0 text-right">
          <span className="block text-lg leading-tight font-semibold">{formats.number(entry.counted)}</span>
          <span
            className={
              entry.counted === entry.expected ? 'text-sm text-soft' : 'text-sm font-semibold text-signal-ink'
            }
          >
            {entry.counted === entry.expected
              ? t('count.agrees')
              : t('count.difference', { difference: formats.signed(entry.counted - entry.expected) })}
          </span>
        </span>
      )}
      {entry && onPick && (
        <IconButton label={t('count.clear', { product: product.name })} onClick={onClear}>
          <Undo2 aria-hidden className="size-4.5" />
        </IconButton>
      )}
    </li>
  );
}
