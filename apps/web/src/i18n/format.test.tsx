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
