import { expect, test } from 'vitest';
import { folded, textSearch } from './text-search.ts';

test('a text is found in any of several, whatever the case and however it was typed around', () => {
  const search = textSearch('  OLIVE ');
  expect(search.finds('OIL-5', 'Olive oil', null)).toBe(true);
  expect(search.finds('RICE-1', 'Rice', null, undefined)).toBe(false);
  expect(search.findsIn(folded('OIL-5', 'Olive oil', null))).toBe(true);
  // Not across two of them: the end of a code and the beginning of a name are no word.
  expect(textSearch('5 olive').findsIn(folded('OIL-5', 'Olive oil'))).toBe(false);
});

test('nothing typed is found everywhere, but is nothing', () => {
  expect(textSearch(' ').finds(null)).toBe(true);
  expect(textSearch(' ').is('Rice')).toBe(false);
});

test('the whole of a text is more than a part of it', () => {
  expect(textSearch('oil-5').is('OIL-5', null)).toBe(true);
  expect(textSearch('oil').is('OIL-5', null)).toBe(false);
});

test('an accent belongs to its letter, unless one searches by memory', () => {
  expect(textSearch('cafe').finds('Café')).toBe(false);
  expect(textSearch('café').finds('CAFE\u0301')).toBe(true);
  expect(textSearch('cafe', { accents: 'ignored' }).finds('Café')).toBe(true);
  expect(textSearch('CAFÉ', { accents: 'ignored' }).finds('cafe')).toBe(true);
});
