import { expect, test } from 'vitest';
import { findDateOrder, parseMoment, toInstant } from './dates.ts';

test.each([
  [['1/12/2010', '13/12/2010'], 'dmy', true],
  [['12/1/2010', '12/13/2010'], 'mdy', true],
  [['2010-12-01', '2010-12-13'], 'ymd', true],
  [['1/2/2010', '3/4/2010'], 'dmy', false],
  [['1/12/2010'], 'dmy', false],
  [['13/1/2010', '1/13/2010'], 'dmy', false],
])('dates %j are %s', (cells, order, certain) => {
  expect(findDateOrder(cells)).toMatchObject({ order, certain });
});

test('many days of one month are likelier than one day of many months; that is a guess and is told as one', () => {
  expect(findDateOrder(['12/1/2010', '12/2/2010', '12/3/2010'])).toMatchObject({
    order: 'mdy',
    certain: false,
  });
  expect(findDateOrder(['1/12/2010', '2/12/2010', '3/12/2010'])).toMatchObject({
    order: 'dmy',
    certain: false,
  });
  expect(findDateOrder(['12/1/2010', '12/2/2010'])).toMatchObject({ order: 'dmy', certain: false });
});

test.each([
  ['1/12/2010 08:26', 'dmy', '2010-12-01T08:26:00'],
  ['12/1/2010 8:26', 'mdy', '2010-12-01T08:26:00'],
  ['01-12-10', 'dmy', '2010-12-01T00:00:00'],
  ['1.12.2010, 08:26:59', 'dmy', '2010-12-01T08:26:59'],
  ['12/1/2010 8:26 PM', 'mdy', '2010-12-01T20:26:00'],
  ['1/12/2010 12:05 a. m.', 'dmy', '2010-12-01T00:05:00'],
  ['2010-12-01', 'dmy', '2010-12-01T00:00:00'],
  ['2010/12/01 08:26', 'mdy', '2010-12-01T08:26:00'],
  ['2010-12-01T08:26:00.000Z', 'dmy', '2010-12-01T08:26:00Z'],
  ['2010-12-01T08:26:00+0200', 'dmy', '2010-12-01T08:26:00+02:00'],
  ['29/2/2024', 'dmy', '2024-02-29T00:00:00'],
] as const)('%s read as %s is %s', (cell, order, moment) => {
  expect(parseMoment(cell, order)).toBe(moment);
});

test.each([
  '',
  'yesterday',
  '31/4/2010',
  '29/2/2023',
  '1/13/2010',
  '1/12/2010 25:00',
  '1/12/2010 13:00 PM',
  '1/12',
  '1/12/0010',
  '40513',
])('%j is no date', (cell) => {
  expect(parseMoment(cell, 'dmy')).toBeNull();
});

test('the shop’s clock decides where no offset is written, in winter and in summer', () => {
  expect(toInstant('2010-12-01T08:26:00', 'Europe/Madrid').toISOString()).toBe('2010-12-01T07:26:00.000Z');
  expect(toInstant('2010-07-01T08:26:00', 'Europe/Madrid').toISOString()).toBe('2010-07-01T06:26:00.000Z');
  expect(toInstant('2010-12-01T08:26:00+05:00', 'Europe/Madrid').toISOString()).toBe(
    '2010-12-01T03:26:00.000Z',
  );
  expect(toInstant('2010-12-01T08:26:00Z', 'Europe/Madrid').toISOString()).toBe('2010-12-01T08:26:00.000Z');
});
