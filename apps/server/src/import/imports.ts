import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { notFound, Refused } from '../errors.ts';
import { ImportSession } from './import-session.ts';

export interface ImportsPorts {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly newId: () => string;
  /** What runs in the process that imports. */
  readonly program: URL;
  /** The longest file taken. */
  readonly maxBytes: number;
}

/** Files that a user may have here at once; the oldest goes. */
const EACH = 5;
/** Files of all users. */
const ALL = 50;
const KEEP_MS = 3_600_000;
const FOLDER = 'almenara-imports-';

/** The imports of this node: files that people have brought, in a folder that goes with the server. */
export class Imports {
  readonly #ports: ImportsPorts;
  readonly #sessions = new Map<string, ImportSession>();
  #folder: Promise<string> | null = null;
  #closed = false;
  /** Uploads that are not complete yet, by user. */
  readonly #arriving: string[] = [];

  constructor(ports: ImportsPorts) {
    this.#ports = ports;
  }

  /** Removes what servers that were killed have left: files of sales are nobody's business once nobody keeps them. */
  async sweep(): Promise<void> {
    for (const name of await readdir(tmpdir())) {
      const pid = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN;
      // In a container every server in turn has the same id; this one has no folder yet.
      if (pid > 0 && (pid === process.pid ? this.#folder === null : !isRunning(pid)))
        await rm(join(tmpdir(), name), { recursive: true, force: true });
    }
  }

  get maxBytes(): number {
    return this.#ports.maxBytes;
  }

  /** Newest first. */
  of(userId: string): ImportSession[] {
    return [...this.#sessions.values()].filter(({ file }) => file.userId === userId).reverse();
  }

  /** @throws Refused `not_found`, also for what is somebody else's */
  get(userId: string, id: string): ImportSession {
    const session = this.#sessions.get(id);
    if (session?.file.userId !== userId) throw notFound('import', id);
    return session;
  }

  /** Takes a file as it arrives; never holds more of it than a stream does. @throws Refused `too_large` */
  async take(userId: string, fileName: string, body: Readable): Promise<ImportSession> {
    if (this.#closed) throw new Refused('unavailable', 'The server is stopping.');
    if (this.#sessions.size + this.#arriving.length >= ALL)
      throw new Refused('unavailable', 'Too many files are being imported.', { retryAfterMs: 60_000 });
    if (this.#arriving.filter((other) => other === userId).length >= EACH)
      throw new Refused('rate_limited', 'Wait until your other files have arrived.', {
        retryAfterMs: 10_000,
      });
    this.#arriving.push(userId);
    try {
      return await this.#store(userId, fileName, body);
    } finally {
      this.#arriving.splice(this.#arriving.indexOf(userId), 1);
    }
  }

  async #store(userId: string, fileName: string, body: Readable): Promise<ImportSession> {
    const { clock, newId, program, databaseUrl } = this.#ports;
    const id = newId();
    const folder = await this.#makeFolder();
    const path = join(folder, `${id}.csv`);
    try {
      const bound = this.#bound();
      await pipeline(body, bound.gate, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
      if (bound.isOver()) throw tooLarge(this.maxBytes);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const { size: bytes } = await stat(path);
    const file = { id, userId, fileName, bytes, createdAt: clock.now(), path, badPath: `${path}.bad` };
    const session = new ImportSession(file, { program, databaseUrl });
    this.#sessions.set(id, session);
    await this.#makeRoom(userId);
    this.#expire(session);
    return session;
  }

  async remove(session: ImportSession): Promise<void> {
    this.#sessions.delete(session.file.id);
    await session.close();
    await Promise.all([rm(session.file.path, { force: true }), rm(session.file.badPath, { force: true })]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#sessions.values()].map((session) => this.remove(session)));
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  #expire(session: ImportSession): void {
    this.#ports.clock.after(KEEP_MS, () => {
      if (this.#sessions.get(session.file.id) !== session) return;
      if (session.isBusy) this.#expire(session);
      else void this.remove(session);
    });
  }

  async #makeRoom(userId: string): Promise<void> {
    const idle = this.of(userId)
      .slice(EACH)
      .filter((session) => !session.isBusy);
    await Promise.all(idle.map((session) => this.remove(session)));
  }

  #makeFolder(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
    return this.#folder;
  }

  /** What is too long is read on without being kept, so that its sender hears why; twice as long, it is cut off. */
  #bound(): { gate: Transform; isOver: () => boolean } {
    const { maxBytes } = this.#ports;
    let taken = 0;
    const gate = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        taken += chunk.length;
        if (taken > 2 * maxBytes) done(tooLarge(maxBytes));
        else if (taken > maxBytes) done();
        else done(null, chunk);
      },
    });
    return { gate, isOver: () => taken > maxBytes };
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export const tooLarge = (maxBytes: number): Refused =>
  new Refused('too_large', `A file may have at most ${Math.floor(maxBytes / 1_000_000)} MB.`, {
    details: { maxBytes },
  });
