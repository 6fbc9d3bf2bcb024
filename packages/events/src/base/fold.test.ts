import { expect, test } from 'vitest';
import { fold } from './fold.ts';

test.each([
  ['Ñ1', 'ñ1'],
  ['Ñ1', 'N\u03031'],
  ['ÉCLAIR', 'e\u0301clair'],
  ['STRASSE', 'straße', 'STRAẞE'],
  ['ΟΔΟΣ', 'οδος', 'οδοσ'],
  ['İZMİR', 'izmir', 'IZMIR', 'ızmır', 'i\u0307zmir'],
  ['ﬁn', 'FIN', 'fin'],
  ['Ａ１２－ｂ', 'a12-B'],
  ['Å', '\u212b', 'a\u030a'],
  ['K', '\u212a', 'k'],
  ['ſ', 'S', 's'],
  ['Ж9', 'ж9'],
  ['𐐀', '𐐨'],
  ['ᾼ', 'ᾳ', 'αι', 'ΑΙ'],
])('[T1] texts that people take for the same have one fold: %s, %s', (first, ...others) => {
  expect(others.map(fold)).toEqual(others.map(() => fold(first)));
});

test.each([
  ['ñ', 'n'],
  ['é', 'e'],
  ['m²', 'm2'],
  ['O', '0'],
  ['А', 'A'],
  ['½', '1/2'],
])('what people tell apart stays apart: %s, %s', (first, second) => {
  expect(fold(first)).not.toBe(fold(second));
});

test('every character folds once and for all, alone and beside others, and to the same in either case', () => {
  const wrong: string[] = [];
  // What follows is ideographs, and letters of no case.
  for (let code = 1; code < 0x20000; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const text = `x${String.fromCodePoint(code)}1`;
    const folded = fold(text);
    const same = [
      fold(folded),
      fold(text.toUpperCase()),
      fold(text.toLowerCase()),
      fold(text.normalize('NFD')),
    ];
    if (same.some((one) => one !== folded)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});
