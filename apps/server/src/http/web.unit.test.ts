import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { developmentWeb } from './web.ts';

test('a development server that cannot start says that it is Vite, and why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almenara-web-'));
  try {
    await writeFile(join(folder, 'vite.config.mjs'), 'throw new Error("no configuration today");');
    await expect(developmentWeb(folder, createServer())).rejects.toThrow(/Vite.*no configuration today/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
