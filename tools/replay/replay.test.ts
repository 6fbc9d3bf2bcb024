import { expect, test } from 'vitest';
import { readSales } from '../../apps/server/src/import/read/lines.ts';
import { optionsOf } from '../../apps/server/src/import/testing/sales-file.ts';
import { SAMPLE } from '../../apps/server/src/import/testing/sample.ts';
import { readArguments, UsageError } from './arguments.ts';
import { timesOf } from './play.ts';
import { type Sale, toSales } from './sales.ts';

const sale = (minutes: number): Sale => ({
  document: String(minutes),
  at: minutes * 60_000,
  customer: '1',
  country: null,
  lines: [],
});

test('sales come at the file’s pace × N; those of one minute are spread over it, and nights are cut short', () => {
  const times = timesOf([sale(0), sale(0), sale(10), sale(10 + 14 * 60)], 60, 20_000);
  expect(times).toEqual([0, 500, 10_000, 30_000]);
});

test('only sales are replayed, each with its client and its goods, as far as the limit says', () => {
  const { sales, goods, bad } = toSales(readSales(SAMPLE, optionsOf()), 3, optionsOf());
  expect(sales.map(({ document, customer, lines }) => [document, customer, lines.length])).toEqual([
    ['9001', '501', 4],
    ['9002', '502', 2],
    ['9003', null, 2],
  ]);
  expect([...goods.keys()].sort()).toEqual(['10120a', '20455', '30001', '30002', 'portes']);
  expect(bad).toBe(0);
});

test('a command line that cannot be says what is wrong', () => {
  expect(() => readArguments([], {})).toThrow('Which file?');
  expect(() => readArguments(['a.csv', '--speed', 'fast'], {})).toThrow(/--speed: fast/);
  expect(() => readArguments(['a.csv', '--url', 'desk'], {})).toThrow(UsageError);
  expect(readArguments(['--', 'a.csv', '--speed', '600'], { ALMENARA_KEY: 'alm_x' })).toMatchObject({
    speed: 600,
    key: 'alm_x',
    url: 'http://localhost:4000',
  });
});
