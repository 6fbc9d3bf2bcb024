import { expect, test } from 'vitest';
import { cut } from './cut.ts';

const FAMILY = '👩‍👩‍👧‍👦';
const graphemes = (text: string): string[] =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc'],
  ['ab😀', 3, 'ab'],
  ['a😀b', 3, 'a😀'],
  [`a${FAMILY}`, 8, 'a'],
  [`${FAMILY}a`, 11, FAMILY],
  ['cafe\u0301s', 4, 'caf'],
  ['cafe\u0301s', 5, 'cafe\u0301'],
  ['🇪🇸🇬🇧', 6, '🇪🇸'],
  ['a\r\nb', 2, 'a'],
  ['', 0, ''],
])('%j cut to %i is %j', (text, max, expected) => {
  expect(cut(text, max)).toBe(expected);
});

test('wherever a text is cut, it is a beginning of whole letters, as long as can be', () => {
  const text = `a😀${FAMILY}e\u0301🇪🇸🇬🇧न्म각x👍🏽!`;
  const letters = graphemes(text);
  for (let max = 0; max <= text.length; max += 1) {
    let longest = '';
    for (const letter of letters) {
      if (longest.length + letter.length > max) break;
      longest += letter;
    }
    if (longest !== '') expect(cut(text, max), String(max)).toBe(longest);
  }
});

test('a letter under a thousand accents, or nothing but one emoji, is never cut into halves of a character', () => {
  const tower = `e${'\u0301'.repeat(1000)}`;
  expect(cut(tower, 200)).toHaveLength(200);
  expect(cut(`${'\u{1e8d0}'.repeat(300)}`, 201)).toHaveLength(200);
  for (let max = 0; max < 11; max += 1) expect(cut(FAMILY, max)).not.toMatch(/\p{Surrogate}/u);
});
