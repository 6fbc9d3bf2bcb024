import { expect, test } from 'vitest';
import { findDecimalMark } from './decimal-mark.ts';

const found = (prices: string[], quantities: string[] = [], delimiter = ';', others: string[][] = []) =>
  findDecimalMark({ prices, quantities, others }, delimiter);

test.each([
  [['2,55', '1'], ',', true],
  [['2.55', '1'], '.', true],
  [['1.234,5'], ',', true],
  [['1,234.50'], '.', true],
  [['1.234.567'], ',', true],
  [['0,125'], ',', true],
  [['1234,567'], ',', true],
  [['12 €', '3,5 €'], ',', true],
  [['1,23,456'], '.', true],
  [["1'234.500"], '.', true],
  [['1 234,567'], ',', true],
])('prices %j have their decimals behind "%s"', (prices, mark, certain) => {
  expect(found(prices)).toMatchObject({ mark, certain });
  expect(found(prices, [], ',')).toMatchObject({ mark, certain });
});

test('a quantity has no decimals: among bare ones a mark before three digits parts thousands', () => {
  expect(found(['1,500'], ['1,200', '3'])).toEqual({ mark: '.', certain: true, why: 'thousands' });
  expect(found(['1,500'], ['1.000', '24'])).toEqual({ mark: ',', certain: true, why: 'thousands' });
});

test('quantities that all have three zeros behind a mark are pieces, not thousands, and that is a guess', () => {
  const pieces = { mark: '.', certain: false, why: 'three_decimals' };
  expect(found(['2.500', '1.250'], ['2.000', '1.000'])).toEqual(pieces);
  expect(found(['2.500', '1.250'], ['2.000', '1.000'], ',')).toEqual(pieces);
  expect(found(['2500', '1250'], ['2.000', '1.000'])).toEqual(pieces);
  expect(found(['2,500'], ['12,000'])).toEqual({ ...pieces, mark: ',' });
  // Read like that, not one of them would be whole.
  expect(found(['2.500'], ['2.500', '1.250'])).toEqual({ mark: ',', certain: false, why: 'thousands' });
  expect(found(['1,500'], ['1.000'])).toMatchObject({ mark: ',', certain: false });
});

test('a total that is quantity times price decides', () => {
  const prices = ['2.500', '1.250'];
  const quantities = ['2.000', '1.000'];
  expect(found(prices, quantities, ';', [['5.000', '1.250']])).toEqual({
    mark: '.',
    certain: true,
    why: 'total',
  });
  expect(found(prices, ['2', '1'], ';', [['5.000', '1.250']])).not.toMatchObject({ why: 'total' });
  expect(found(['1.200', '2.300'], ['3', '2'], ',', [['3600', '4600']])).toEqual({
    mark: ',',
    certain: true,
    why: 'total',
  });
  expect(found(['1.200'], ['3'], ',', [['3,60']])).toMatchObject({ mark: ',', certain: true });
});

test('prices that all have three digits behind a mark have three decimals, but where the currency has none', () => {
  expect(found(['1.250', '2.100'], ['3', '2'], ';', [['3.750', '4.200']])).toMatchObject({
    mark: '.',
    why: 'three_decimals',
  });
  expect(found(['2.500', '1.250', '3.125'])).toEqual({ mark: '.', certain: false, why: 'three_decimals' });
  expect(findDecimalMark({ prices: ['25.000', '12.500', '8.000'], quantities: [] }, ',', 'CLP')).toEqual({
    mark: ',',
    certain: false,
    why: 'thousands',
  });
});

test('where nothing tells, the delimiter does, and it is said to be a guess', () => {
  expect(found(['1,234'])).toMatchObject({ mark: ',', certain: false });
  expect(found(['1,234'], [], ',')).toMatchObject({ mark: '.', certain: false });
  expect(found(['7', '12'])).toMatchObject({ mark: ',', certain: true });
});

test('numbers that contradict each other are told as a guess', () => {
  expect(found(['2.55', '3.10', '4,20'])).toEqual({ mark: '.', certain: false, why: 'most_cells' });
  expect(found(['2.55', '4,20'])).toMatchObject({ certain: false });
});
