/** Nothing but ASCII folds as `toLowerCase` says, and most texts are nothing but ASCII. */
const BEYOND_ASCII = /[^\0-\x7f]/;
/** ASCII as East Asian keyboards write it, and its space. */
const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g;
const narrow = (letter: string): string =>
  letter === '\u3000' ? ' ' : String.fromCharCode(letter.charCodeAt(0) - 0xfee0);

/**
 * What a text is known by: two texts that people take for the same one have the same fold. By it codes are unique, and
 * searches, scanners and imports find what they look for. It depends on no locale, and folding twice changes nothing.
 *
 * - An accent is the same composed or combined (NFC), and part of its letter: `ñ` is not `n`.
 * - Upper and lower case are one, by Unicode's full mappings: `ß`, `ẞ` and `SS`; `ﬁ` and `FI`; the three sigmas.
 * - Every `i` is one, dotted or not (`i`, `I`, `İ`, `ı`): which belongs to which depends on the language.
 * - Full-width ASCII is ASCII. Other compatibility forms keep apart: `m²` is not `m2`.
 *
 * The database computes the same in `fold_text`, for texts that are only searched; keys are written by the server.
 */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFC')
      .replace(FULL_WIDTH, narrow)
      .toLowerCase()
      .replaceAll('i\u0307', 'i')
      // There and back again: several small letters share one capital (ß and ss, ſ and s, ı and i).
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .normalize('NFC')
  );
}
