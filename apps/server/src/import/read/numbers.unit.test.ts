import { expect, test } from 'vitest';
import { minorDigits, parseCount, parseDecimal, readFigure, toMinor } from './numbers.ts';

test.each([
  ['2,50', ',', '2.5'],
  ['1.234.567,80', ',', '1234567.8'],
  ['1,234.5', '.', '1234.5'],
  ['1 234,5', ',', '1234.5'],
  ["1'234.5", '.', '1234.5'],
  ['£2.55', '.', '2.55'],
  ['-3', ',', '-3'],
  ['3-', ',', '-3'],
  ['−3', ',', '-3'],
  ['007', ',', '7'],
  [',5', ',', '0.5'],
  ['-0,00', ',', '0'],
  ['6.00', '.', '6'],
  ['R$ 25,90', ',', '25.9'],
  ['R$25,90', ',', '25.9'],
  ['USD 4.00', '.', '4'],
  ['4,00 €', ',', '4'],
  ['1.234,50 EUR', ',', '1234.5'],
  ["CHF 1'234.50", '.', '1234.5'],
  ['CHF 1’234.–', '.', '1234'],
  ['25,--', ',', '25'],
  ['Rs. 1,23,456.78', '.', '123456.78'],
  ['₹ 12,34,567', '.', '1234567'],
  ['1\u00a0234,56', ',', '1234.56'],
  ['1\u202f234,56\u00a0zł', ',', '1234.56'],
  ['(12.50)', '.', '-12.5'],
  ['12.50-', '.', '-12.5'],
  ['($1,200.00)', '.', '-1200'],
  ['-R$ 5,00', ',', '-5'],
  ['$-5.00', '.', '-5'],
  ['١٢٫٥٠', '.', '12.5'],
  ['١٬٢٣٤٫٥', ',', '1234.5'],
  ['۱۲۳', '.', '123'],
  ['१,२३,४५६', '.', '123456'],
  ['１，２３４．５０', '.', '1234.5'],
  ['￥1,980', '.', '1980'],
  ['1,980円', '.', '1980'],
  ['kr 1 200,50', ',', '1200.5'],
  ['S/. 12.90', '.', '12.9'],
] as const)('%s with decimals behind "%s" is %s', (cell, mark, number) => {
  expect(parseDecimal(cell, mark)).toBe(number);
});

test.each([
  '',
  '-',
  ',',
  '1,2,3',
  '12.34,5',
  '1.2',
  'n/a',
  '1e5',
  '--1',
  '3 kg',
  '1 2',
  '12 34',
  '10%',
  '5 x 2',
  '1.5e3',
  '9 ALLES',
])('%j is no number', (cell) => {
  expect(parseDecimal(cell, ',')).toBeNull();
});

test('prices become minor units, half of one rounded up on the digits that are written', () => {
  expect(toMinor('2.55', 2)).toEqual({ amount: 255, rounded: false });
  expect(toMinor('1.005', 2)).toEqual({ amount: 101, rounded: true });
  expect(toMinor('1.0049', 2)).toEqual({ amount: 100, rounded: true });
  expect(toMinor('0.999', 2)).toEqual({ amount: 100, rounded: true });
  expect(toMinor('12', 0)).toEqual({ amount: 12, rounded: false });
  expect(toMinor('12.5', 0)).toEqual({ amount: 13, rounded: true });
});

test('a currency says how many decimals it has', () => {
  expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
});

test.each([
  ['R$ 25,90', [['BRL']]],
  ['USD 4.00', [['USD']]],
  ['$4.00 CAD', [expect.arrayContaining(['USD', 'CAD', 'MXN']), ['CAD']]],
  ['4.00', []],
  ['¤ 4.00', [[]]],
])('%s says of its currency %j', (cell, currencies) => {
  expect(readFigure(cell)?.currencies).toEqual(currencies);
});

test('a quantity is no money: what has a currency beside it is none, nor are three cups', () => {
  expect(parseCount('3', '.')).toBe('3');
  expect(parseCount('٣', '.')).toBe('3');
  expect(parseCount('3 €', '.')).toBeNull();
  expect(parseCount('3 CUP', '.')).toBeNull();
});

test('a cell as long as a file is no number, and is not looked at for long', () => {
  expect(parseDecimal(`${'a'.repeat(1_000_000)}1`, '.')).toBeNull();
});
