import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Bundles the server into dist/main.js, and the process it imports in. What npm holds stays outside the bundle; our own workspace packages are
 * TypeScript sources and go in.
 */
const manifest: { dependencies: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = Object.keys(manifest.dependencies).filter((name) => !name.startsWith('@almenara/'));

await build({
  entryPoints: ['src/main.ts', 'src/import-process.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  external: [...external, ...external.map((name) => `${name}/*`), 'vite'],
  logLevel: 'warning',
});
