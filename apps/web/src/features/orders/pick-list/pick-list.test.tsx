import { expect, test } from 'vitest';
import { line, oil, order, rice } from '../../../testing/goods.ts';
import { toPickList } from './pick-list.ts';

const at = (zone: string, quantity: number) => ({ zone, quantity });

test('several orders are picked in one walk: zone by zone, along the skus, with who gets what', () => {
  const first = order({
    lines: [
      { ...line(41, rice, 5), allocations: [at('B10', 2), at('B2', 3)] },
      { ...line(42, oil, 1), allocations: [at('B2', 1)] },
    ],
  });
  const second = order({ number: 8, lines: [{ ...line(43, rice, 4), allocations: [at('B2', 4)] }] });
  expect(
    toPickList([first, second]).map(({ zone, picks }) => [
      zone,
      picks.map(({ sku, quantity, orders }) => [sku, quantity, orders.map(({ number }) => number)]),
    ]),
  ).toEqual([
    [
      'B2',
      [
        ['OIL-5', 1, [7]],
        ['RICE-1', 7, [7, 8]],
      ],
    ],
    ['B10', [['RICE-1', 2, [7]]]],
  ]);
});

test('what is short is not looked for, and what has no shelf comes last', () => {
  const shortOne = { ...line(41, rice, 5), short: 2, allocations: [at('A1', 3)] };
  const postage = { ...line(42, oil, 1), allocations: [] };
  expect(
    toPickList([order({ lines: [postage, shortOne] })]).map(({ zone, picks }) => [zone, picks[0]?.quantity]),
  ).toEqual([
    ['A1', 3],
    [null, 1],
  ]);
});
