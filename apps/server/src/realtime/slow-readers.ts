import { STALL_BYTES, STALL_MS } from '../flow/sent.ts';
import {
  bytesArriving,
  bytesRead,
  bytesWaiting,
  type Connection,
  cutConnection,
  waitLongerForPong,
} from './engine.ts';
import type { Members } from './members.ts';

/** Over the bound a reader must take this much in that time: a slow but honest one does, while it loads a snapshot… */
const SLOW_BYTES = 1_000_000;
const SLOW_MS = 5000;
/** …but never over this many times the bound. */
const HARD_FACTOR = 4;
/** Of one user's packets that have not come to their end (bytes); of a small one nobody is suspicious. */
const ARRIVING_BYTES = 32_000_000;
const SMALL_BYTES = 64_000;

interface Mark {
  read: number;
  since: number;
}

/**
 * Finds connections that hold memory because their client has stopped: it comes back and resumes. One that goes on reading
 * is there, however slowly: it has the ping when it has read what was sent before it.
 */
export class SlowReaders {
  private readonly bound: number;
  private readonly stalled = new WeakMap<Connection, Mark>();
  private readonly slow = new WeakMap<Connection, Mark>();
  private readonly read = new WeakMap<Connection, number>();

  constructor(bound: number) {
    this.bound = bound;
  }

  /** To be called some times a second. */
  cut(members: Members): void {
    const now = performance.now();
    const arriving = new Map<string, number>();
    for (const [connection, userId] of members.entries()) {
      const waiting = bytesWaiting(connection);
      const hard = waiting > HARD_FACTOR * this.bound;
      const slow = this.isStuck(this.slow, connection, waiting > this.bound, SLOW_BYTES, SLOW_MS, now);
      const stalled = this.isStuck(
        this.stalled,
        connection,
        waiting > STALL_BYTES,
        STALL_BYTES,
        STALL_MS,
        now,
      );
      if (hard || slow || stalled) cutConnection(connection);
      else if (waiting > 0 && this.hasRead(connection)) waitLongerForPong(connection);
      const bytes = bytesArriving(connection);
      if (bytes > SMALL_BYTES) arriving.set(userId, (arriving.get(userId) ?? 0) + bytes);
    }
    if ([...arriving.values()].every((bytes) => bytes <= ARRIVING_BYTES)) return;
    for (const [connection, userId] of members.entries()) {
      const tooMuch = (arriving.get(userId) ?? 0) > ARRIVING_BYTES;
      if (tooMuch && bytesArriving(connection) > SMALL_BYTES) cutConnection(connection);
    }
  }

  private hasRead(connection: Connection): boolean {
    const read = bytesRead(connection);
    const before = this.read.get(connection) ?? read;
    this.read.set(connection, read);
    return read > before;
  }

  private isStuck(
    marks: WeakMap<Connection, Mark>,
    connection: Connection,
    much: boolean,
    least: number,
    ms: number,
    now: number,
  ): boolean {
    if (!much) {
      marks.delete(connection);
      return false;
    }
    const read = bytesRead(connection);
    const mark = marks.get(connection);
    // Less than before: another poll has begun, or the transport is another one.
    if (!mark || read < mark.read || read - mark.read >= least) {
      marks.set(connection, { read, since: now });
      return false;
    }
    return now - mark.since > ms;
  }
}
