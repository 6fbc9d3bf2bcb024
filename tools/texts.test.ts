import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { en } from '../apps/web/src/i18n/en/index.ts';
import { flat, type Tree } from '../apps/web/src/i18n/texts.ts';

const web = fileURLToPath(new URL('../apps/web/src', import.meta.url));

const partOf = new Map(
  Object.entries<Tree>(en).flatMap(([part, tree]) =>
    [...flat(tree)].map(([key]) => [key.replace(/_(one|other)$/, ''), part] as const),
  ),
);
const keys = [...partOf.keys()];

/** The parts of the texts that a file says: of `'orders.title'` one, of `` `status.${status}` `` all that it may be. */
function* said(source: string): Generator<[text: string, part: string]> {
  for (const [, quote, text = '', blank] of source.matchAll(/(['`])([a-z_]+\.[\w.]*)(\$\{)?/g)) {
    const fits = quote === '`' && blank ? keys.filter((key) => key.startsWith(text)) : [text];
    for (const key of fits) {
      const part = partOf.get(key);
      if (part !== undefined) yield [text, part];
    }
  }
}

interface Import {
  readonly file: string;
  /** What is there before what is imported runs. */
  readonly texts: readonly string[];
}

function* importsOf(file: string, source: string): Generator<Import> {
  const at = (path: string): string => join(dirname(file), path);
  const fixed = /^(?:import|export) (?!type )(?:[^;]*? from )?'(\.[^']+)'/gm;
  for (const [, path = ''] of source.matchAll(fixed)) yield { file: at(path), texts: [] };
  for (const { 1: path = '', index } of source.matchAll(/(?<!typeof )import\('(\.[^']+)'\)/g)) {
    const before = /withTexts\(\[([^\]]*)\],\s*(?:async )?\(\) =>[^;]*$/.exec(source.slice(0, index));
    const texts = [...(before?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, part = '']) => part);
    yield { file: at(path), texts };
  }
}

test('no page or dialog says a text that may not have been loaded', () => {
  const sources = new Map(
    readdirSync(web, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^(i18n|testing)\//.test(file))
      .map((file) => [join(web, file), readFileSync(join(web, file), 'utf8')]),
  );
  // By whichever way a file is come to.
  const loaded = new Map([[join(web, 'main.tsx'), new Set(['base'])]]);
  const next = [...loaded.keys()];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    for (const imported of importsOf(file, sources.get(file) ?? '')) {
      const there = new Set([...(loaded.get(file) ?? []), ...imported.texts]);
      const before = loaded.get(imported.file);
      const both = before ? new Set([...before].filter((part) => there.has(part))) : there;
      if (before?.size === both.size) continue;
      loaded.set(imported.file, both);
      next.push(imported.file);
    }
  }
  const missing = [...loaded].flatMap(([file, parts]) =>
    [...said(sources.get(file) ?? '')]
      .filter(([, part]) => !parts.has(part))
      .map(([text, part]) => `${relative(web, file)} says ${text}, of ${part}`),
  );
  expect(new Set(missing)).toEqual(new Set());
  expect(loaded.size).toBeGreaterThan(200);
});
