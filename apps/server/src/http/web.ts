import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { unknownRoute } from './respond.ts';

/** The built web app: hashed assets for a year, the page itself never stale, and every path of its router. */
export function builtWeb(folder: string): RequestHandler | null {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return null;
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', redirect: false }),
    // Not the page: a browser would take it for the script that is gone.
    unknownRoute,
  );
  router.use(express.static(folder, { index: false, maxAge: '1h' }));
  router.get('/*path', (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  router.get('/', (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  return router;
}

/**
 * The web app straight from its sources, through Vite on the same port; changes show at once.
 *
 * @throws what Vite cannot start with, said to be the web app's
 */
export async function developmentWeb(
  folder: string,
  server: Server,
): Promise<{ handler: RequestHandler; close: () => Promise<void> }> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    root: folder,
    server: { middlewareMode: true, hmr: { server }, allowedHosts: true },
    appType: 'spa',
    logLevel: 'warn',
  }).catch((error: unknown) => {
    throw new Error(
      `Vite, which serves the web app from ${folder}, cannot: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  });
  return { handler: vite.middlewares, close: () => vite.close() };
}
