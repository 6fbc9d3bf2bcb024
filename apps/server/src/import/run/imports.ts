import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportState } from '@almenara/events';
import type { Clock } from '../../clock.ts';
import { notFound, Refused } from '../../errors.ts';
import type { Importer } from './beginner.ts';
import { ImportSession, type Setting } from './import-session.ts';
import { badPathOf, ImportsFolder } from './imports-folder.ts';
import { Turns } from './turns.ts';

export interface ImportsPorts {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly newId: () => string;
  /** What runs in the process that imports, and how large its heap may become. */
  readonly program: URL;
  readonly memoryMb: number;
  /** The longest file taken. */
  readonly maxBytes: number;
}

/** Files that a user may have here at once; the oldest goes. */
const EACH = 5;
/** Files of all users. */
const ALL = 50;
const KEEP_MS = 3_600_000;

/** The imports of this node: files that people have brought, in a folder that goes with the server. */
export class Imports {
  readonly #ports: ImportsPorts;
  readonly #setting: Setting;
  readonly #folder: ImportsFolder;
  readonly #sessions = new Map<string, ImportSession>();
  #closed = false;
  /** Uploads that are not complete yet, by user. */
  readonly #arriving: string[] = [];

  constructor(ports: ImportsPorts) {
    this.#ports = ports;
    this.#folder = new ImportsFolder(ports.databaseUrl, KEEP_MS);
    this.#setting = { ...ports, turns: new Turns() };
  }

  /** Takes over what the servers before this one were importing when they ended. */
  async sweep(): Promise<void> {
    for (const { path, state } of await this.#folder.takeOver(this.#ports.clock.now()))
      this.#add(path, state);
  }

  get maxBytes(): number {
    return this.#ports.maxBytes;
  }

  /** Those that somebody may see, newest first: their own; administrators see everybody's. */
  seenBy(who: Importer): ImportSession[] {
    return [...this.#sessions.values()].filter((session) => maySee(who, session)).reverse();
  }

  /** @throws Refused `not_found`, also for what is somebody else's */
  get(who: Importer, id: string): ImportSession {
    const session = this.#sessions.get(id);
    if (!session || !maySee(who, session)) throw notFound('import', id);
    return session;
  }

  /**
   * Takes a file as it arrives; never holds more of it than a stream does.
   * @throws Refused `too_large`, before the rest of it has arrived
   */
  async take(owner: Importer, fileName: string, body: Readable): Promise<ImportSession> {
    const { userId } = owner;
    if (this.#closed) throw new Refused('unavailable', 'The server is stopping.');
    if (this.#sessions.size + this.#arriving.length >= ALL)
      throw new Refused('unavailable', 'Too many files are being imported.', { retryAfterMs: 60_000 });
    if (this.#arriving.filter((other) => other === userId).length >= EACH)
      throw new Refused('rate_limited', 'Wait until your other files have arrived.', {
        retryAfterMs: 10_000,
      });
    this.#arriving.push(userId);
    try {
      return await this.#store(owner, fileName, body);
    } finally {
      this.#arriving.splice(this.#arriving.indexOf(userId), 1);
    }
  }

  async #store({ userId, name }: Importer, fileName: string, body: Readable): Promise<ImportSession> {
    const { clock, newId } = this.#ports;
    const id = newId();
    const path = await this.#folder.pathOf(id);
    try {
      await pipeline(upTo(this.maxBytes, body), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const { size: bytes } = await stat(path);
    const session = this.#add(path, {
      id,
      fileName,
      bytes,
      owner: { id: userId, name },
      createdAt: clock.now().toISOString(),
      stage: 'ready',
      settings: null,
      cancelling: false,
      steps: [],
      imported: 0,
      problem: null,
      trouble: null,
    });
    await this.#makeRoom(userId);
    return session;
  }

  async remove(session: ImportSession): Promise<void> {
    this.#sessions.delete(session.state.id);
    await session.close();
    await session.forget();
    await this.#folder.remove(session.file.path);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const interrupted = await Promise.all(
      [...this.#sessions.values()].map(async (session) => {
        const hasMore = await session.close();
        if (!hasMore) await session.forget();
        if (!hasMore) await this.#folder.remove(session.file.path);
        return hasMore;
      }),
    );
    this.#sessions.clear();
    await this.#folder.close(interrupted.includes(true));
  }

  #add(path: string, state: ImportState): ImportSession {
    const session = new ImportSession({ path, badPath: badPathOf(path) }, state, this.#setting);
    this.#sessions.set(state.id, session);
    this.#expire(session);
    return session;
  }

  #expire(session: ImportSession): void {
    this.#ports.clock.after(KEEP_MS, () => {
      if (this.#sessions.get(session.state.id) !== session) return;
      if (session.isBusy) this.#expire(session);
      else void this.remove(session);
    });
  }

  async #makeRoom(userId: string): Promise<void> {
    const own = [...this.#sessions.values()].filter(({ state }) => state.owner.id === userId).reverse();
    const idle = own.slice(EACH).filter((session) => !session.isBusy);
    await Promise.all(idle.map((session) => this.remove(session)));
  }
}

/** The body stays open: its sender is still to be answered. */
async function* upTo(maxBytes: number, body: Readable): AsyncGenerator<Buffer> {
  let taken = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('The body is not read as bytes.');
    taken += chunk.length;
    if (taken > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

const maySee = ({ userId, role }: Importer, { state }: ImportSession): boolean =>
  role === 'admin' || state.owner.id === userId;

export const tooLarge = (maxBytes: number): Refused =>
  new Refused('too_large', `A file may have at most ${Math.floor(maxBytes / 1_000_000)} MB.`, {
    details: { maxBytes },
  });
