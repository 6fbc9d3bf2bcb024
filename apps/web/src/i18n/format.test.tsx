import { expect, test } from 'vitest';
import { formats, parseAmount, regionOf } from './format.ts';

const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

test('money is written as the place and the currency want it', () => {
  expect(plain(formats('es-ES').money({ amount: 123450, currency: 'EUR' }))).toBe('1234,50 €');
  expect(formats('en-GB').money({ amount: 123450, currency: 'EUR' })).toBe('€1,234.50');
  expect(plain(formats('en').money({ amount: 1500, currency: 'JPY' }))).toBe('¥1,500');
});

test('an amount is read with a comma or a point, in the minor units of its currency', () => {
  expect(parseAmount('12,5', 'EUR')).toBe(1250);
  expect(parseAmount(' 12.34 ', 'EUR')).toBe(1234);
  expect(parseAmount('12', 'JPY')).toBe(12);
  expect(parseAmount('12.345', 'EUR')).toBeNull();
  expect(parseAmount('-1', 'EUR')).toBeNull();
  expect(parseAmount('', 'EUR')).toBeNull();
});

test('the region is the browser’s, where it has one for the language', () => {
  expect(regionOf('es', ['en-GB', 'es-MX'])).toBe('es-MX');
  expect(regionOf('es', ['en-GB'])).toBe('es');
});

test('when is the time today, the day this year, and the year too before that', () => {
  const { when } = formats('en-GB');
  const now = new Date(2026, 10, 22, 18, 0);
  expect(when(new Date(2026, 10, 22, 9, 5).toISOString(), now)).toBe('09:05');
  expect(when(new Date(2026, 2, 3, 9, 5).toISOString(), now)).toBe('3 Mar');
  expect(when(new Date(2010, 11, 5, 9, 5).toISOString(), now)).toBe('5 Dec 2010');
});
