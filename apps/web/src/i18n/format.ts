import type { Money } from '@almenara/events';
import { useMemo } from 'react';
import { useTranslation } from './use-translation.ts';

/** The region that the browser prefers for a language, as es-MX for es. */
export const regionOf = (language: string, browser: readonly string[]): string =>
  browser.find((tag) => tag.split('-')[0] === language) ?? language;

/** Makes one for each key: what `Intl` makes costs more than the card or the row that it is for. */
function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const one = made.get(key) ?? make(key);
    made.set(key, one);
    return one;
  };
}

const digitsOf = once(
  (currency: string): number =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2,
);

/** Everything that looks different from one place to the next. Dates are in the viewer's zone. */
export function formats(locale: string) {
  const number = new Intl.NumberFormat(locale);
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dayAnywhere = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const duration = (unit: 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  const [inHours, inDays] = [duration('hour'), duration('day')];
  const currencyFormat = once(
    (currency: string) => new Intl.NumberFormat(locale, { style: 'currency', currency }),
  );
  return {
    number: (n: number): string => number.format(n),
    signed: (n: number): string => signed.format(n),
    money: ({ amount, currency }: Money): string =>
      currencyFormat(currency).format(amount / 10 ** digitsOf(currency)),
    /** As `parseAmount` reads it, to be edited. */
    amount: ({ amount, currency }: Money): string =>
      new Intl.NumberFormat(locale, {
        useGrouping: false,
        minimumFractionDigits: digitsOf(currency),
      }).format(amount / 10 ** digitsOf(currency)),
    dateTime: (iso: string): string => date.format(new Date(iso)),
    /** The day of a time without a zone, as `2031-02-03T00:00:00`: the same wherever it is read. */
    localDay: (local: string): string => dayAnywhere.format(new Date(`${local.slice(0, 10)}T00:00:00Z`)),
    /** How long, to the hour; from two days on to the day. */
    hours: (n: number): string => (n < 48 ? inHours.format(n) : inDays.format(Math.floor(n / 24))),
    clock: (ms: number): string => time.format(new Date(ms)),
    /** The time of what is of today, the day of what is older, and its year where that is another. */
    when: (iso: string, now = new Date()): string => {
      const then = new Date(iso);
      if (then.toDateString() === now.toDateString()) return time.format(then);
      return (then.getFullYear() === now.getFullYear() ? day : dayOfYear).format(then);
    },
  };
}
export type Formats = ReturnType<typeof formats>;

const formatsOf = once(formats);

export function useFormats(): Formats {
  const language = useTranslation().language;
  return useMemo(() => formatsOf(regionOf(language, navigator.languages)), [language]);
}

/** Minor units of what a person typed, as 1234 of `12,34`; null where it is no amount. */
export function parseAmount(text: string, currency: string): number | null {
  const match = /^\s*(\d{1,10})(?:[.,](\d*))?\s*$/.exec(text);
  if (!match) return null;
  const digits = digitsOf(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return null;
  return Number(`${match[1]}${fraction.padEnd(digits, '0')}`);
}
