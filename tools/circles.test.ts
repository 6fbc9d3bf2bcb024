import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['apps/server/src', 'apps/web/src', 'packages/events/src', 'packages/client/src', 'tools'];

/** Every module with those that it imports, types as well, by path from the root. */
function imports(): Map<string, string[]> {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
      .map((file) => join(folder, file)),
  );
  const known = new Set(files);
  const named = /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const paths = [...text.matchAll(named)].map(([, path = '']) => normalize(join(dirname(file), path)));
      return [file, paths.filter((path) => known.has(path))];
    }),
  );
}

/** One ring of modules that import each other, or null where there is none. */
function ring(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const found = visit(next, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return null;
}

test('no modules import each other in a ring, not even for types alone, which the linter does not see', () => {
  expect(ring(imports())).toBeNull();
});

test('a ring is found', () => {
  const graph = { a: ['b'], b: ['c', 'd'], c: [], d: ['b'] };
  expect(ring(new Map(Object.entries(graph)))).toEqual(['b', 'd', 'b']);
});

test('what is looked at are modules of this repository', () => {
  const graph = imports();
  const feed = graph.get(join('apps/server/src/log/feed.ts')) ?? [];
  expect(feed.map((path) => relative('apps/server/src/log', path))).toContain('gate.ts');
});
