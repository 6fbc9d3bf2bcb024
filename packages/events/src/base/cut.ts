/** What is longer than this is no letter that anybody reads. */
const LONGEST = 64;

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

let graphemes: Intl.Segmenter | null = null;

/**
 * The beginning of a text, of at most `max` UTF-16 units: the unit in which `line()` and `text()` count. It ends
 * between two letters as people see them, never within an emoji or before its accent. The work grows with `max`, not
 * with the text.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Made when it is needed: a browser that has none still opens the desk.
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  // With the character behind the cut: it may belong to the letter before.
  const at = graphemes.segment(text.slice(0, max + 2)).containing(max)?.index ?? 0;
  if (at > 0 && max - at <= LONGEST) return text.slice(0, at);
  // A letter under hundreds of accents is cut as it comes, but not into halves of a character.
  return text.slice(0, isLow(text.charCodeAt(max)) ? max - 1 : max);
}
