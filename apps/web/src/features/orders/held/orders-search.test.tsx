import { expect, test } from 'vitest';
import { onlyWhat } from '../../../http/search-params.ts';
import { readOrdersSearch } from './orders-search.ts';

test('what a reader does not take is gone from what the router lays below it', () => {
  const address = { view: 'list', from: 'yesterday', status: ['picking', 'gone'], else: 1 };
  const laid: Record<string, unknown> = { ...address, ...onlyWhat(readOrdersSearch)(address) };
  expect(Object.entries(laid).filter(([, value]) => value !== undefined)).toEqual([
    ['view', 'list'],
    ['status', ['picking']],
  ]);
});
