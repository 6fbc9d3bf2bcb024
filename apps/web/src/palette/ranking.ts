import type { TextSearch } from '../text-search.ts';

/**
 * How well a text answers what was typed (both as the search reads them): the whole of it, its beginning, the beginning of a word,
 * somewhere, or all typed words somewhere. 0 where it does not.
 */
function rank(wanted: string, text: string): number {
  if (text === wanted) return 5;
  if (text.startsWith(wanted)) return 4;
  const at = text.indexOf(wanted);
  if (at > 0) return /[\s\-_#/]/.test(text[at - 1] ?? '') ? 3 : 2;
  return wanted.split(/\s+/).every((word) => text.includes(word)) ? 1 : 0;
}

/** The best of several texts. */
export const bestRank = (search: TextSearch, texts: readonly (string | null)[]): number =>
  Math.max(0, ...texts.map((text) => (text === null ? 0 : rank(search.wanted, search.read(text)))));

/** The items that answer, best first, those of one rank in the order they came. */
export function ranked<T>(
  items: readonly T[],
  search: TextSearch,
  texts: (item: T) => readonly (string | null)[],
  limit: number,
): { readonly item: T; readonly rank: number }[] {
  return items
    .map((item) => ({ item, rank: bestRank(search, texts(item)) }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit);
}
