import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError, errorCode } from './embedded-error.ts';
import type { Launcher } from './embedded-launch.ts';

/** `disposable` gives up safety after a power failure for speed: tests. */
export type Durability = 'safe' | 'disposable';

export const DATABASE = 'almenara';
const SUPERUSER = 'almenara';
/** Names the socket file only; nothing listens on a port. */
export const PORT = 5432;
/** Setting up takes about a second. */
const DRAFT_MS = 600_000;

/** One name for one folder, however it was written. The folder above it must exist. */
export async function canonicalFolder(dataDir: string): Promise<string> {
  const absolute = resolve(dataDir);
  return realpath(absolute).catch(async () => join(await realpath(dirname(absolute)), basename(absolute)));
}

/** True if there are data of this PostgreSQL, false if there are none yet. */
export async function holdsCluster(dataDir: string, majorVersion: string): Promise<boolean> {
  const found = await filesIn(dataDir);
  if (found.length === 0) return false;
  if (!found.includes('PG_VERSION')) {
    throw new EmbeddedPostgresError(`${dataDir} is neither empty nor PostgreSQL's: set another DATA_DIR.`);
  }
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (version === majorVersion) return true;
  throw new EmbeddedPostgresError(
    `The data in ${dataDir} were written by PostgreSQL ${version}, this version of Almenara brings PostgreSQL ` +
      `${majorVersion}. Either move them with pg_dump, from a PostgreSQL ${version}, into an empty DATA_DIR; ` +
      'or run that PostgreSQL on them and set DATABASE_URL; or set another DATA_DIR to start without them.',
  );
}

async function filesIn(dataDir: string): Promise<string[]> {
  try {
    return await readdir(dataDir);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw new EmbeddedPostgresError(
      `${dataDir} cannot be read (${errorCode(cause)}): start as the user who owns it, or set another DATA_DIR.`,
      { cause },
    );
  }
}

/** A cluster that is only half there never gets the data folder's name, so the next start begins anew. */
export async function initialise(
  launcher: Launcher,
  dataDir: string,
  durability: Durability,
  signal?: AbortSignal,
): Promise<void> {
  const draft = await mkdtemp(`${dataDir}.draft-`);
  try {
    await writeFile(join(draft, 'password'), randomBytes(24).toString('base64url'), { mode: 0o600 });
    await launcher.adopt(draft);
    const initdb = await launcher.run('initdb', draft, (seen) => [
      `--pgdata=${seen}/data`,
      `--username=${SUPERUSER}`,
      `--pwfile=${seen}/password`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...(durability === 'safe' ? [] : ['--no-sync']),
    ]);
    const giveUp = (): void => void initdb.child.kill();
    signal?.addEventListener('abort', giveUp);
    const code = await initdb.ended;
    signal?.removeEventListener('abort', giveUp);
    signal?.throwIfAborted();
    if (code !== 0) {
      throw new EmbeddedPostgresError(`PostgreSQL could not set up ${dataDir}: ${initdb.output()}`);
    }
    await rename(join(draft, 'password'), passwordFile(join(draft, 'data')));
    await rename(join(draft, 'data'), dataDir).catch(async (error: unknown) => {
      // Two first starts at once: one cluster has the name already, and both go on with it.
      if (!(await holdsCluster(dataDir, launcher.majorVersion))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Those of starts that were killed. Their age tells, not a pid: in a container every server may have the same one. */
export async function removeAbandonedDrafts(dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(dataDir)}.draft-`)) continue;
    const draft = await stat(join(parent, name)).catch(() => null);
    const abandoned = draft !== null && Date.now() - draft.mtimeMs > DRAFT_MS;
    if (abandoned) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'almenara.password');
}

export async function readPassword(dataDir: string): Promise<string> {
  try {
    return await readFile(passwordFile(dataDir), 'utf8');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The password of the database cannot be read from ${passwordFile(dataDir)}: only the user who started the server may.`,
      { cause },
    );
  }
}

/** The folder of the socket: the same after a restart, so that the connection pools of other processes recover. */
export async function socketFolder(dataDir: string, launcher: Launcher): Promise<string> {
  const name = `almenara-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  // A socket's path may have about a hundred bytes; the temporary folder may be private to root.
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((path) => path.length < 60 && launcher.canEnter(path));
  if (parent === undefined) throw new EmbeddedPostgresError('PostgreSQL can use no temporary folder.');
  const folder = join(parent, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseOthers(folder, dataDir);
  await chmod(folder, 0o700);
  await launcher.adopt(folder);
  return folder;
}

/** Anybody can make a folder of this name in the temporary folder before us. */
async function refuseOthers(folder: string, dataDir: string): Promise<void> {
  const found = await lstat(folder);
  const ours = new Set([process.getuid?.(), (await lstat(dataDir)).uid]);
  if (!found.isDirectory() || !ours.has(found.uid)) {
    throw new EmbeddedPostgresError(`${folder} belongs to another user: remove it and start again.`);
  }
}

export function connectionUrl(
  socketDir: string,
  port: number,
  password: string,
  database = DATABASE,
): string {
  // Clients take the host from the query; the one before it only keeps the URL well-formed.
  return `postgresql://${SUPERUSER}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}`;
}
