import { expect, test } from 'vitest';
import { findCancellations } from './cancellations.ts';

/** Documents with the quantities of their lines; of somebody, at a price, unless they are said to be neither. */
const of = (documents: Record<string, number[]>, facts = { amount: 100, customer: '7' as string | null }) =>
  Object.entries(documents).flatMap(([document, quantities]) =>
    quantities.map((quantity) => ({ document, quantity, ...facts })),
  );
const found = (documents: Record<string, number[]>, rule = 'auto') => {
  const { documents: those, ...more } = findCancellations(of(documents), rule);
  return { ...more, documents: [...those] };
};

test.each([
  [
    'C before the digits of those that sell',
    { 536365: [6, 2], C536379: [-1], C536380: [-1, -2] },
    ['C'],
    ['C536379', 'C536380'],
  ],
  ['credit notes', { 'INV-1': [2], 'CN-1': [-2], 'cn-2': [-1] }, ['CN'], ['CN-1', 'cn-2']],
  ['Spanish ones', { 'F24/1': [2], 'AB24/1': [-2], 'NC 3': [-1] }, ['AB', 'NC'], ['AB24/1', 'NC 3']],
  ['a prefix of their own', { V1: [2], X1: [-2], X2: [-1] }, ['X'], ['X1', 'X2']],
])('documents that only take back are told by %s', (_, documents, prefixes, those) => {
  expect(found(documents)).toEqual({ prefixes, documents: those, certain: true, others: [] });
});

test.each([
  ['UUIDs', { 'c8e32d28-9a1c-4c1d-8a4e-0a1b2c3d4e5f': [2], 'a1b2c3d4-0000-4000-8000-000000000000': [1] }],
  ['hexadecimal ids', { c0ffee12: [1], c12e9a7b: [3], '9f8e7d6c': [1] }],
  ['orders of a company', { 'CO-1001': [1], 'CO-1002': [2] }],
  ['a shop whose numbers begin with C', { C1001: [1], C1002: [2], C1003: [4] }],
  ['the same with a rebate on one', { C1001: [1, -1], C1002: [2], C1003: [4] }],
  ['numbers alone', { 1001: [1], 1002: [-2] }],
])('%s are no cancellations', (_, documents) => {
  expect(found(documents)).toMatchObject({ prefixes: [], documents: [], certain: true });
});

test('one return among sales of its own numbering, and a UUID with negative lines, make no rule', () => {
  expect(found({ C1001: [1], C1002: [-2], C1003: [4] })).toMatchObject({ prefixes: [], documents: [] });
  expect(found({ 'c8e32d28-9a1c-4c1d-8a4e-0a1b2c3d4e5f': [-2], '9a': [1] })).toMatchObject({ documents: [] });
});

test('a document that sells as well is none, whatever its number', () => {
  expect(found({ 1: [1], C1: [-1], C2: [-1], C3: [-1], C4: [-1], C5: [-1, 2] }).documents).toEqual([
    'C1',
    'C2',
    'C3',
    'C4',
  ]);
});

test('write-offs under numbers of their own are no returns, as they name nobody and cost nothing', () => {
  const lines = [...of({ V1: [2] }), ...of({ ADJ1: [-2], ADJ2: [-1] }, { amount: 0, customer: null })];
  expect(findCancellations(lines, 'auto').prefixes).toEqual([]);
});

test('credit notes with positive quantities sell, which is told as a guess; whoever imports may say that they take back', () => {
  const documents = { 'INV-1': [2], 'CN-1': [2], 'CN-2': [1] };
  expect(found(documents)).toMatchObject({ documents: [], certain: false, others: ['CN'] });
  expect(found(documents, 'prefix:cn')).toMatchObject({ documents: ['CN-1', 'CN-2'], certain: true });
});

test('the rule can be told', () => {
  const documents = { C1: [-1], 2: [-1], 3: [1, -1], K4: [1] };
  expect(found(documents, 'none').documents).toEqual([]);
  expect(found(documents, 'negative').documents.sort()).toEqual(['2', 'C1']);
  expect(found(documents, 'prefix K').documents).toEqual(['K4']);
});
