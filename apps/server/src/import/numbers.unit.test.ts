import { expect, test } from 'vitest';
import { findDecimalMark, minorDigits, parseDecimal, toMinor } from './numbers.ts';

const found = (prices: string[], quantities: string[] = [], delimiter = ';') =>
  findDecimalMark({ prices, quantities }, delimiter);

test.each([
  [['2,55', '1'], ',', true],
  [['2.55', '1'], '.', true],
  [['1.234,5'], ',', true],
  [['1,234.50'], '.', true],
  [['1.234.567'], ',', true],
  [['0,125'], ',', true],
  [['1234,567'], ',', true],
  [['12 €', '3,5 €'], ',', true],
])('prices %j have their decimals behind "%s"', (prices, mark, certain) => {
  expect(found(prices)).toEqual({ mark, certain });
  expect(found(prices, [], ',')).toEqual({ mark, certain });
});

test('a quantity has no decimals: a mark before three digits of it parts thousands', () => {
  expect(found(['1,500'], ['1,000'])).toEqual({ mark: '.', certain: true });
  expect(found(['1,500'], ['1.000'])).toEqual({ mark: ',', certain: true });
});

test('where nothing tells, the delimiter does, and it is said to be a guess', () => {
  expect(found(['1,234'])).toEqual({ mark: ',', certain: false });
  expect(found(['1,234'], [], ',')).toEqual({ mark: '.', certain: false });
  expect(found(['7', '12'])).toEqual({ mark: ',', certain: true });
});

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
] as const)('%s with decimals behind "%s" is %s', (cell, mark, number) => {
  expect(parseDecimal(cell, mark)).toBe(number);
});

test.each(['', '-', ',', '1,2,3', '12.34,5', '1.2', 'n/a', '1e5', '--1', '3 kg'])(
  '%j is no number',
  (cell) => {
    expect(parseDecimal(cell, ',')).toBeNull();
  },
);

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
