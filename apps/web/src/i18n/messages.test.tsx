import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { es } from './es/index.ts';

type Tree = { readonly [key: string]: string | Tree };

function* texts(tree: Tree, path = ''): Generator<[path: string, text: string]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') yield [path + key, value];
    else yield* texts(value, `${path}${key}.`);
  }
}
const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

const english = new Map(texts(en));
const spanish = new Map(texts(es));

test('English and Spanish have the same keys', () => {
  expect([...spanish.keys()]).toEqual([...english.keys()]);
});

test('each text has the same blanks in both languages, and none is empty', () => {
  for (const [key, text] of english) {
    expect([key, holes(spanish.get(key) ?? '')]).toEqual([key, holes(text)]);
    expect([key, text.trim() === '' || spanish.get(key)?.trim() === '']).toEqual([key, false]);
  }
});
