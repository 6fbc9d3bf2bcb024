import { expect, test } from 'vitest';
import { bar, hotel, line, oil, order, rice } from '../../../testing/goods.ts';
import { toDraft, toEdit } from './order-draft.ts';
import { merged, mergeOf } from './order-merge.ts';

const base = order({ lines: [line(41, rice, 4), line(42, oil, 1)], notes: 'Ring twice' });
const draft = toDraft(base);
const withRice = (quantity: string) => ({
  ...draft,
  lines: draft.lines.map((each) => (each.productId === rice.id ? { ...each, quantity } : each)),
});

test('what I did not touch follows, what only I touched stays', () => {
  const mine = { ...withRice('9'), notes: 'By noon' };
  const theirs = {
    ...base,
    version: 2,
    clientId: hotel.id,
    clientName: hotel.name,
    lines: base.lines.slice(0, 1),
  };
  expect(mergeOf(base, mine, theirs).conflicts).toEqual([]);
  const result = merged(base, mine, theirs, {});
  expect(result.client).toEqual({ id: hotel.id, name: hotel.name });
  expect(result.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['RICE-1', '9']]);
  expect(toEdit(theirs, result)).toEqual({
    orderId: base.id,
    expectedVersion: 2,
    notes: 'By noon',
    lines: [{ productId: rice.id, quantity: 9 }],
  });
});

test('what both changed is mine until theirs is chosen, field by field', () => {
  const mine = { ...withRice('9'), notes: 'By noon' };
  const theirs = {
    ...base,
    version: 2,
    notes: 'Use the back door',
    lines: [line(41, rice, 6), line(42, oil, 1)],
  };
  const { conflicts } = mergeOf(base, mine, theirs);
  expect(conflicts).toMatchObject([
    { kind: 'notes', base: 'Ring twice', mine: 'By noon', theirs: 'Use the back door' },
    { kind: 'line', product: 'Rice 1 kg', base: '4', mine: '9', theirs: '6' },
  ]);
  expect(merged(base, mine, theirs, {}).notes).toBe('By noon');
  const rice9 = conflicts[1]?.key ?? '';
  const chosen = merged(base, mine, theirs, { [rice9]: 'theirs' });
  expect([chosen.notes, chosen.lines[0]?.quantity]).toEqual(['By noon', '6']);
});

test('the same change on both sides, or a line that both removed, is no conflict', () => {
  const mine = { ...withRice('6'), lines: withRice('6').lines.slice(0, 1) };
  const theirs = { ...base, version: 2, lines: [line(41, rice, 6)] };
  expect(mergeOf(base, mine, theirs).conflicts).toEqual([]);
  expect(toEdit(theirs, merged(base, mine, theirs, {}))).toBeNull();
});

test('a line that I removed and they changed is asked about; clients of one name are two', () => {
  const mine = { ...draft, lines: draft.lines.slice(1), client: { id: hotel.id, name: bar.name } };
  const theirs = {
    ...base,
    version: 2,
    clientId: '00000000-0000-4000-8000-000000000099',
    lines: [line(41, rice, 6), line(42, oil, 1)],
  };
  expect(mergeOf(base, mine, theirs).conflicts).toMatchObject([
    { kind: 'client' },
    { kind: 'line', base: '4', mine: null, theirs: '6' },
  ]);
});

test('once packed, lines are theirs and nothing else is lost', () => {
  const mine = { ...withRice('9'), notes: 'By noon' };
  const theirs = { ...base, version: 2, status: 'packed' as const };
  const merge = mergeOf(base, mine, theirs);
  expect([merge.linesSettled, merge.conflicts.map(({ kind }) => kind)]).toEqual([true, ['line']]);
  const result = merged(base, mine, theirs, {});
  expect([result.notes, result.lines[0]?.quantity]).toEqual(['By noon', '4']);
});
