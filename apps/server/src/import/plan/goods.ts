import { cut } from '@almenara/events';
import type { SalesLine } from '../read/lines.ts';
import type { ImportOptions } from '../read/options.ts';
import { productKey } from './keys.ts';
import { looksLikeService } from './services.ts';

/** What the file says about a product. */
export interface Goods {
  readonly key: string;
  readonly sku: string;
  readonly name: string;
  /** The latest price above 0, in minor units. */
  readonly amount: number;
  readonly stocked: boolean;
  /** Whether whoever imports has said so. */
  readonly isChosen: boolean;
  /** How many ways of writing its code the file has: `85123A` and `85123a` are two. */
  readonly spellings: number;
}

export type StockedChoices = Pick<ImportOptions, 'services' | 'goods'>;

/** A description that says something; `?` is how people mark what they could not find. */
export const saysSomething = (description: string): boolean => /[\p{L}\p{N}]/u.test(description);

const NAME_LENGTH = 200;

/**
 * The products of all lines, which come in the order of their documents' dates. They are goods, but for those that
 * look like services and those that whoever imports says are none.
 */
export function gatherGoods(
  lines: Iterable<SalesLine>,
  { services = [], goods = [] }: StockedChoices = {},
): Map<string, Goods> {
  const chosen = new Map([
    ...services.map((code) => [productKey(code), false] as const),
    ...goods.map((code) => [productKey(code), true] as const),
  ]);
  const found = new Map<string, { codes: Map<string, number>; names: Map<string, number>; amount: number }>();
  for (const { code, description, amount } of lines) {
    const key = productKey(code);
    const product = found.get(key) ?? { codes: new Map(), names: new Map(), amount: 0 };
    found.set(key, product);
    count(product.codes, code);
    if (saysSomething(description)) count(product.names, description);
    if (amount > 0) product.amount = amount;
  }
  return new Map(
    [...found].map(([key, { codes, names, amount }]) => {
      const sku = mostFrequent(codes) ?? key;
      const name = cut(mostFrequent(names) ?? sku, NAME_LENGTH).trim();
      const stocked = chosen.get(key) ?? !looksLikeService(sku, name);
      return [key, { key, sku, name, amount, stocked, isChosen: chosen.has(key), spellings: codes.size }];
    }),
  );
}

/** A choice that changes nothing: of a product that the desk has as something else, or that is not in the file. */
export interface Unheeded {
  readonly code: string;
  readonly why: 'is_goods' | 'is_service' | 'not_in_file';
}

/** An import makes products and changes none: choices that came to nothing are told. */
export function unheededChoices(
  { services = [], goods = [] }: StockedChoices,
  inFile: ReadonlyMap<string, Goods>,
  products: ReadonlyMap<string, { readonly stocked: boolean }>,
): Unheeded[] {
  const look = (code: string, wanted: boolean): Unheeded[] => {
    const key = productKey(code);
    if (!inFile.has(key)) return [{ code, why: 'not_in_file' }];
    const stocked = products.get(key)?.stocked ?? wanted;
    return stocked === wanted ? [] : [{ code, why: stocked ? 'is_goods' : 'is_service' }];
  };
  return [...services.flatMap((code) => look(code, false)), ...goods.flatMap((code) => look(code, true))];
}

const count = (counts: Map<string, number>, text: string): void =>
  void counts.set(text, (counts.get(text) ?? 0) + 1);

/** The first of those that come equally often. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const [text, n] of counts) if (best === undefined || n > (counts.get(best) ?? 0)) best = text;
  return best;
}
