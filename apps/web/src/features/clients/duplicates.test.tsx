import { expect, test } from 'vitest';
import { bar } from '../../testing/goods.ts';
import { likelyDuplicates } from './duplicates.ts';

const client = (n: number, fields: Partial<typeof bar>) => ({
  ...bar,
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  email: null,
  createdAt: `2026-01-0${n}T00:00:00.000Z`,
  ...fields,
});

test('clients with the same name, e-mail or phone, however written, are offered with the oldest of them', () => {
  const first = client(1, { name: 'Café Central, S.L.', phone: '+34 600 11 22 33' });
  const named = client(2, { name: 'CAFE CENTRAL SL' });
  const called = client(3, { name: 'El Central', phone: '600112233', email: 'c@central.test' });
  const mailed = client(4, { name: 'Otro', email: 'C@Central.test ' });
  const away = client(5, { name: 'Café Central SL', archived: true });
  const other = client(6, { name: 'Bar Norte', phone: '12' });
  const found = likelyDuplicates([other, away, mailed, called, named, first]);
  expect(found.map(({ kept, duplicate, by }) => [kept.id, duplicate.id, by])).toEqual([
    [first.id, named.id, 'name'],
    [first.id, called.id, 'phone'],
    [first.id, mailed.id, 'email'],
  ]);
});
