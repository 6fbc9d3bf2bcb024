import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, from the sources and from the bundle alike. */
function findRoot(from: string): string {
  if (existsSync(join(from, 'pnpm-workspace.yaml'))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('Almenara runs from its own folder: pnpm-workspace.yaml was not found above it.');
  return findRoot(parent);
}

export const projectRoot = (): string => findRoot(dirname(fileURLToPath(import.meta.url)));
export const migrationsFolder = (): string => join(projectRoot(), 'prisma', 'migrations');
export const webFolder = (): string => join(projectRoot(), 'apps', 'web');
