import type { en } from './en/index.ts';

/** A text that counts is two, `_one` and `_other`, and asked for without that. */
type Single<K extends string> = K extends `${infer S}_one` ? S : K extends `${infer S}_other` ? S : K;
type KeysOf<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${Single<K>}` : KeysOf<T[K], `${Path}${K}.`>;
}[keyof T & string];

type KeysOfAny<T> = T extends unknown ? KeysOf<T> : never;

/** Where a text stands, as `orders.title`. */
export type TextKey = KeysOfAny<(typeof en)[keyof typeof en]>;

interface Blanks {
  readonly [name: string]: string | number | null | undefined;
  /** Chooses between `_one` and `_other`. */
  readonly count?: number;
}

/** A text in the language that is read; `blanks` fill its `{{name}}`s, and its `{{name, order}}`s with what an order is called. */
export interface Translate {
  (key: TextKey, blanks?: Blanks): string;
  /** Of a key that comes from the server, which may know more than this page does. */
  (key: string, blanks: Blanks & { readonly defaultValue: string }): string;
}

export interface Tree {
  readonly [key: string]: string | Tree;
}

/** The number of an order that the server has not numbered yet: larger than all others, as its real one will be. */
export const UNNUMBERED = Number.POSITIVE_INFINITY;

export function* flat(tree: Tree, path = ''): Generator<[key: string, text: string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [path + key, value];
    else yield* flat(value, `${path}${key}.`);
  }
}

export function translator(language: string, texts: ReadonlyMap<string, string>): Translate {
  const plural = new Intl.PluralRules(language);
  const find = (key: string, count: number | undefined): string | undefined =>
    count === undefined
      ? texts.get(key)
      : (texts.get(`${key}_${plural.select(count)}`) ?? texts.get(`${key}_other`) ?? texts.get(key));
  const order = (number: unknown): string =>
    number === UNNUMBERED
      ? (texts.get('orders.unnumbered') ?? '')
      : (texts.get('orders.numbered') ?? '{{number}}').replace('{{number}}', String(number));
  return (key: string, blanks: Blanks = {}) =>
    (find(key, blanks.count) ?? String(blanks.defaultValue ?? key)).replace(
      /\{\{(\w+)(, order)?\}\}/g,
      (_, name: string, isOrder?: string) => (isOrder ? order(blanks[name]) : String(blanks[name] ?? '')),
    );
}
