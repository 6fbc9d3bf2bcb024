import { expect, test } from 'vitest';
import { findDateOrder } from './date-order.ts';

const today = '2026-11-27';

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
  ['no sale is still to come', ['1/12/2026', '2/11/2026'], 'mdy', 'no_future'],
  ['lines go with their dates', ['01/02/2024', '01/03/2024', '02/01/2024', '02/01/2024'], 'mdy', 'in_turn'],
  ['lines go against their dates', ['05/03/2024', '03/03/2024', '09/02/2024'], 'dmy', 'in_turn'],
  ['the year may lead with two digits', ['24-01-15', '24-02-20', '24-03-07'], 'ymd', 'close_together'],
])('%s: %j are %s, as a guess', (_, cells, order, why) => {
  expect(findDateOrder(cells, { today })).toMatchObject({ order, certain: false, why });
});

test('what an order could be instead is said', () => {
  expect(findDateOrder(['1/2/2010', '3/4/2010']).others).toEqual(['mdy']);
  expect(findDateOrder(['04-07-96', '05-07-96'], { today })).toMatchObject({ order: 'dmy', others: ['mdy'] });
  expect(findDateOrder(['13/2/2010']).others).toEqual([]);
});

test.each([
  [['15-Jan-2024', '3 Feb 2024'], 'ymd', 'month_names'],
  [['20240118', '20240119'], 'ymd', 'year_first'],
  [['45309', '45310.5'], 'serial', 'serial'],
  [['01.02.2024', '03.02.2024'], 'dmy', 'dots'],
  [['96-07-04', '96-08-05'], 'ymd', 'year_first'],
  [['', 'soon'], 'ymd', 'no_dates'],
])('%j are certainly %s', (cells, order, why) => {
  expect(findDateOrder(cells, { today })).toMatchObject({ order, certain: true, why });
});

test('day numbers among dates are not taken for days: their day and month may have been swapped', () => {
  expect(findDateOrder(['45309', '13/01/2024'], { today })).toMatchObject({ order: 'dmy' });
});

test('US dollars put the month first where nothing else tells', () => {
  expect(findDateOrder(['1/2/2024'], { today, inDollars: true })).toMatchObject({
    order: 'mdy',
    certain: false,
    why: 'currency',
  });
});
