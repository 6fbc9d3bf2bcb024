import { expect, test } from 'vitest';
import { parseMoment, toInstant } from './dates.ts';

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
  ['15-Jan-2024', 'dmy', '2024-01-15T00:00:00'],
  ['15-ene-24 10:05', 'mdy', '2024-01-15T10:05:00'],
  ['January 15th, 2024 3:04 PM', 'dmy', '2024-01-15T15:04:00'],
  ['Mon, 15 Jan 2024 10:00:00 +0000', 'ymd', '2024-01-15T10:00:00+00:00'],
  ['15 de enero de 2024', 'dmy', '2024-01-15T00:00:00'],
  ['15. März 2024', 'dmy', '2024-03-15T00:00:00'],
  ['1er août 2024', 'dmy', '2024-08-01T00:00:00'],
  ['15 mar 2024', 'dmy', '2024-03-15T00:00:00'],
  ['3 febbraio 2024', 'dmy', '2024-02-03T00:00:00'],
  ['31 de dezembro de 2023', 'dmy', '2023-12-31T00:00:00'],
  ['2024-Sep-05', 'dmy', '2024-09-05T00:00:00'],
  ['20240118', 'dmy', '2024-01-18T00:00:00'],
  ['20240118T153045Z', 'dmy', '2024-01-18T15:30:45Z'],
  ['45309', 'serial', '2024-01-18T00:00:00'],
  ['45309.5', 'serial', '2024-01-18T12:00:00'],
  ['45309,75', 'serial', '2024-01-18T18:00:00'],
  ['2024-01-18 15:30:00 +0100', 'dmy', '2024-01-18T15:30:00+01:00'],
  ['2024-01-18 15:30:00 UTC', 'dmy', '2024-01-18T15:30:00Z'],
  ['2024年1月18日', 'dmy', '2024-01-18T00:00:00'],
  ['١٨/٠١/٢٠٢٤', 'dmy', '2024-01-18T00:00:00'],
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
  '13 Smarch 2024',
  '31-Apr-2024',
  '20241318',
  '2024-01-18T10:00:00+99:00',
  'May 2024',
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

test('a year of two digits is one in which the sale can have been', () => {
  const today = '2026-11-27';
  expect(parseMoment('04-07-96', 'dmy', today)).toBe('1996-07-04T00:00:00');
  expect(parseMoment('04-Jul-98', 'dmy', today)).toBe('1998-07-04T00:00:00');
  expect(parseMoment('26/11/26', 'dmy', today)).toBe('2026-11-26T00:00:00');
  // Sooner a sale to come than one of 1926.
  expect(parseMoment('12/01/27', 'mdy', today)).toBe('2027-12-01T00:00:00');
});

test('where day numbers are read, dates that a spreadsheet has left as text are not guessed at', () => {
  expect(parseMoment('13/01/2024', 'serial')).toBeNull();
  expect(parseMoment('2024-01-13', 'serial')).toBe('2024-01-13T00:00:00');
});
