import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { lchown, open, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyForEveryone, installedBinaries } from './embedded-binaries.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** What this machine allows. An argument, so that tests can take something away. */
export interface Host {
  root: boolean;
  userNamespaces: boolean;
  parentDeathSignal: boolean;
}

/** A PostgreSQL program that runs. */
export interface Run {
  child: ChildProcess;
  /** The end of what it has written so far. */
  output(): string;
  /** Resolves when it is gone, with its exit code (null: a signal ended it, or it did not start). */
  ended: Promise<number | null>;
}

export interface Launcher {
  /** '18' for 18.4. */
  majorVersion: string;
  /** Whether PostgreSQL can reach what is in `folder`. */
  canEnter(folder: string): boolean;
  /** Gives `path`, and all that is in it, to the user that PostgreSQL runs as. */
  adopt(path: string): Promise<void>;
  /** Runs `program` on `folder`; `args` is told the path under which the program sees that folder. */
  run(
    program: 'initdb' | 'postgres',
    folder: string,
    args: (folder: string) => readonly string[],
    log?: (line: string) => void,
  ): Promise<Run>;
}

interface User {
  uid: number;
  gid: number;
}

/**
 * How PostgreSQL, which refuses to run as root, is run:
 * - by an ordinary user: as that user;
 * - by root: in a user namespace in which root is called nobody, so that the files stay root's, wherever they are;
 * - by root without namespaces (many containers), or when an ordinary user owns the data: as the owner of the data.
 *   That user may not be able to walk the path to them (a folder of mode 0700 above), so the folder is handed over
 *   as an open descriptor and named through /proc.
 */
interface Way {
  bin: string;
  prefix: readonly string[];
  user?: User;
}

const NOBODY: User = { uid: 65534, gid: 65534 };
const AS_NOBODY = ['unshare', '-U', `--map-user=${NOBODY.uid}`, `--map-group=${NOBODY.gid}`];
/** SIGINT is PostgreSQL's fast shutdown. */
const WITH_PARENT = ['setpriv', '--pdeathsig', 'INT'];
/** The first descriptor after standard input, output and error. */
const FOLDER_FD = 3;
const OUTPUT_KEPT = 8192;
/** How long what it has written may take to arrive after it is gone. */
const LAST_WORDS_MS = 250;

export function detectHost(): Host {
  const root = process.getuid?.() === 0;
  return {
    root,
    userNamespaces: root && succeeds([...AS_NOBODY, 'true']),
    parentDeathSignal: succeeds([...WITH_PARENT, 'true']),
  };
}

function succeeds([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** @param parent the existing folder in which `dataDir` is or will be. */
export async function chooseLauncher(host: Host, dataDir: string, parent: string): Promise<Launcher> {
  const failures: string[] = [];
  for await (const way of ways(host, await ownerOf(dataDir))) {
    const version = versionOf(way, parent);
    if (version.major !== undefined) return launcher(way, host, version.major);
    failures.push(version.failure);
  }
  throw new EmbeddedPostgresError(
    `The built-in PostgreSQL does not run on this machine (${failures.join('; ')}): install PostgreSQL 18 and set DATABASE_URL.`,
  );
}

async function* ways(host: Host, owner: User | null): AsyncGenerator<Way> {
  const installed = installedBinaries();
  if (!host.root) {
    yield { bin: join(installed, 'bin'), prefix: [] };
    return;
  }
  if (process.platform !== 'linux') {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root: start as an ordinary user, or set DATABASE_URL.',
    );
  }
  const ownedByRoot = owner === null || owner.uid === 0;
  if (host.userNamespaces && ownedByRoot) yield { bin: join(installed, 'bin'), prefix: AS_NOBODY };
  const user = ownedByRoot ? NOBODY : owner;
  yield { bin: join(installed, 'bin'), prefix: [], user };
  // A temporary folder may be private to root or forbid programs.
  for (const folder of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    yield { bin: join(await copyForEveryone(installed, folder), 'bin'), prefix: [], user };
  }
}

function versionOf(way: Way, parent: string): { major: string } | { major?: undefined; failure: string } {
  // A folder that is handed over as a descriptor need not be in reach.
  const probe = way.user ? 'exec "$1" --version' : 'test -x "$0" && exec "$1" --version';
  const { stdout, stderr, error } = shell(way, probe, parent, join(way.bin, 'postgres'));
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (major !== undefined) return { major };
  return { failure: error?.message ?? (stderr.trim() || `${parent} is out of reach`) };
}

function shell(way: Way, script: string, ...args: string[]): SpawnSyncReturns<string> {
  const [command = '', ...rest] = [...way.prefix, 'sh', '-c', script, ...args];
  return spawnSync(command, rest, { ...way.user, cwd: '/', env: environment(), encoding: 'utf8' });
}

function launcher(way: Way, host: Host, majorVersion: string): Launcher {
  return {
    majorVersion,
    canEnter: (folder) => shell(way, 'test -x "$0"', folder).status === 0,
    adopt: async (path) => {
      if (way.user) await giveTo(way.user, path);
    },
    run: async (program, folder, args, log) => {
      const handle = way.user ? await open(folder, 'r') : undefined;
      try {
        const seen = handle ? `/proc/self/fd/${FOLDER_FD}` : folder;
        const [command = '', ...rest] = [
          ...way.prefix,
          ...(host.parentDeathSignal ? WITH_PARENT : []),
          join(way.bin, program),
          ...args(seen),
        ];
        const child = spawn(command, rest, {
          ...way.user,
          cwd: '/',
          env: environment(),
          // Its own process group: Ctrl-C in a terminal reaches the server, which ends PostgreSQL last.
          detached: true,
          stdio: ['ignore', 'pipe', 'pipe', ...(handle ? [handle.fd] : [])],
        });
        if (!host.parentDeathSignal) interruptWithParent(child);
        return follow(child, log);
      } finally {
        await handle?.close();
      }
    },
  };
}

/** Nothing of ours is inherited: PGDATA and the like would change what PostgreSQL does, secrets are none of its business. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function follow(child: ChildProcess, log?: (line: string) => void): Run {
  let output = '';
  let rest = '';
  const read = (chunk: string) => {
    output = (output + chunk).slice(-OUTPUT_KEPT);
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(-OUTPUT_KEPT);
    if (log) for (const line of lines) if (line.trim() !== '') log(line);
  };
  // Always read: PostgreSQL waits when the pipe is full.
  child.stdout?.setEncoding('utf8').on('data', read);
  child.stderr?.setEncoding('utf8').on('data', read);
  const ended = new Promise<number | null>((resolve) => {
    // Its sessions may hold the pipe for longer than it lives: a frozen one for ever.
    child.once('exit', (code) => {
      const soon = setTimeout(() => resolve(code), LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(soon);
        resolve(code);
      });
    });
    child.once('error', (error) => {
      read(`${error.message}\n`);
      resolve(null);
    });
  });
  return { child, ended, output: () => output.trim() };
}

/**
 * Where setpriv is missing (macOS): a shell whose standard input ends with this process, also after `kill -9`.
 */
function interruptWithParent(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const watcher = spawn('sh', ['-c', 'read -r _; kill -INT "$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  child.once('exit', () => watcher.kill('SIGKILL'));
}

async function ownerOf(path: string): Promise<User | null> {
  const found = await stat(path).catch(() => null);
  return found && { uid: found.uid, gid: found.gid };
}

/** The folder itself last: one that was given away in part is given away again. */
async function giveTo(user: User, path: string): Promise<void> {
  const found = await stat(path);
  if (found.uid === user.uid) return;
  const inside = found.isDirectory() ? await readdir(path, { recursive: true, withFileTypes: true }) : [];
  for (const entry of inside) await lchown(join(entry.parentPath, entry.name), user.uid, user.gid);
  await lchown(path, user.uid, user.gid);
}
