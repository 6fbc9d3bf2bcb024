import { expect, test } from 'vitest';
import { textSearch } from '../text-search.ts';
import { ranked } from './ranking.ts';

const products = [
  { sku: 'X-1', name: 'Descafeinado', barcode: null },
  { sku: 'X-2', name: 'Taza de café', barcode: null },
  { sku: 'CAFE', name: 'Muestra', barcode: null },
  { sku: 'X-3', name: 'Café mezcla 80/20', barcode: '8400000010013' },
  { sku: 'X-4', name: 'Azúcar', barcode: null },
];
const find = (typed: string): string[] =>
  ranked(
    products,
    textSearch(typed, { accents: 'ignored' }),
    ({ sku, name, barcode }) => [sku, barcode, name],
    10,
  ).map(({ item }) => item.sku);

test('the whole comes before the beginning, that before a word, and a word before its inside; accents are nothing', () => {
  expect(find('café')).toEqual(['CAFE', 'X-3', 'X-2', 'X-1']);
});

test('words are found in any order, and a scanned barcode is one product', () => {
  expect(find('mezcla cafe')).toEqual(['X-3']);
  expect(find('8400000010013')).toEqual(['X-3']);
  expect(find('té')).toEqual([]);
});
