import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import { flat, type Tree, translator } from './texts.ts';

const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)(?:, order)?\}\}/g)].map((match) => match[1] ?? '').sort();

const all = (parts: Readonly<Record<string, Tree>>): [key: string, text: string][] =>
  Object.values(parts).flatMap((part) => [...flat(part)]);
const english = new Map(all(en));
const spanish = new Map(all(es));

test('English and Spanish have the same keys', () => {
  expect([...spanish.keys()]).toEqual([...english.keys()]);
});

test('each text is in one part', () => {
  expect(all(en).length).toBe(english.size);
});

test('each text has the same blanks in both languages, and none is empty', () => {
  for (const [key, text] of english) {
    expect([key, holes(spanish.get(key) ?? '')]).toEqual([key, holes(text)]);
    expect([key, text.trim() === '' || spanish.get(key)?.trim() === '']).toEqual([key, false]);
  }
});

test('a count chooses the text, blanks are filled, and an unknown key gives what is meant for it', () => {
  const t = translator('en', english);
  expect(t('orders.lines', { count: 1 })).toBe('1 line');
  expect(t('orders.lines', { count: 0 })).toBe('0 lines');
  expect(translator('es', spanish)('orders.lines', { count: 1_000_000 })).toContain('1000000');
  expect(translator('en', new Map())('error.code.internal', { defaultValue: 'of a newer server' })).toBe(
    'of a newer server',
  );
});

test('a name that says of what contains the words that are shown (WCAG 2.5.3)', () => {
  const words = (text: string): string => text.toLowerCase().replace(/[¿?]/g, '');
  let compared = 0;
  for (const texts of [english, spanish]) {
    for (const [key, name] of texts) {
      const shown = key.endsWith('_of') ? texts.get(key.slice(0, -'_of'.length)) : undefined;
      if (shown === undefined || shown.includes('{{')) continue;
      expect([key, words(name)]).toEqual([key, expect.stringContaining(words(shown))]);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(10);
});
