import { z } from 'zod';

/**
 * Text that people write and read. What would show as nothing is nothing, and no text reaches beyond itself: none turns
 * the letters after it round or carries a control character into somebody's terminal or spreadsheet.
 */

/** What no database stores as text: NUL, and halves of characters. */
export const storable = (value: string): boolean => !/\0|\p{Surrogate}/u.test(value);
const UNSTORABLE = 'must be well-formed Unicode without NUL';

/** Line breaks of any kind, and tabs. */
const BREAKS = /[\t-\r\u{85}\u{2028}\u{2029}]+/gu;
/** Embeddings, overrides and isolates of the bidirectional algorithm: they reorder what stands around them. */
const BIDI = '\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}';
const CONTROLS = new RegExp(`[\\p{Cc}${BIDI}]`, 'gu');
const CONTROLS_BUT_BREAKS = new RegExp(`(?![\\t\\n\\r])[\\p{Cc}${BIDI}]`, 'gu');

/**
 * Takes no room or leaves it blank, on its own: spaces, controls, joiners, fillers, selectors and tags (Unicode calls
 * those ignorable), marks without a letter, the blank of Braille and of notes, what is no character.
 */
const INVISIBLE = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}\u{2800}\u{1d159}]/u;
/** A character that is no letter yet, or one of somebody's own: a font may well have it. */
const PERHAPS = /(?!\p{Noncharacter_Code_Point}|\p{Default_Ignorable_Code_Point})[\p{Cn}\p{Co}]/u;
/** Blank, and of no use to what stands beside it: unlike a joiner or selector, which ends many an emoji. */
const EDGE = /[\s\u{ad}\u{115f}\u{1160}\u{180e}\u{200b}\u{2060}\u{2800}\u{3164}\u{ffa0}]/u;

/** By hand: a pattern that ends in `$` looks at a million spaces a million times. */
function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && EDGE.test(value.charAt(start))) start += 1;
  while (end > start && EDGE.test(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

/** Whether anything of it can be seen. */
export function isVisible(value: string): boolean {
  for (const character of value) if (!INVISIBLE.test(character) || PERHAPS.test(character)) return true;
  return false;
}

/** One line as it is kept: trimmed, without what cannot be seen and does harm; empty where nothing can be seen. */
export function plainLine(value: string): string {
  if (!isVisible(value)) return '';
  return trimmed(value.replace(BREAKS, ' ').replace(CONTROLS, ''));
}

/** Several lines as they are kept; they may well be empty. */
export const plainText = (value: string): string => value.replace(CONTROLS_BUT_BREAKS, '');

/** A single line that somebody writes: a name, a reason, a code. Never empty, nor of letters that nobody sees. */
export const line = (max: number) =>
  z.string().refine(storable, UNSTORABLE).overwrite(plainLine).min(1).max(max);

/** Text that may be empty or run over several lines. */
export const text = (max: number) => z.string().refine(storable, UNSTORABLE).overwrite(plainText).max(max);

/** A line as the desk has it, perhaps from before today's rules: what is there is told, and can be renamed. */
export const storedLine = (max: number) => z.string().min(1).max(max);
