import { Refused } from '../errors.ts';

/**
 * Answers of one user that are being made at the same time: what they will weigh is not known yet. Commands share
 * transactions, so that many are written as soon as one; more than half of one would only stand before those of others.
 */
const MAKING = { read: 3, command: 64 } as const;
/** Made answers of one user that have not been read: streams of unknown length count as well. */
const UNREAD_ANSWERS = 512;
/** Bytes in them, where one user or all users together have more no further answer is begun. */
const UNREAD_BYTES = 16_000_000;
const UNREAD_BYTES_IN_ALL = 128_000_000;
/** Bytes of one user's requests that have not been answered. */
const ASKED_BYTES = 16_000_000;
/** Requests of one user that wait for their answer to be begun, and for how long (ms). */
const WAITING = 2048;
const WAIT_MS = 10_000;

export type AnswerKind = keyof typeof MAKING;

/** Something that many answers carry and memory holds once, such as the snapshot of a topic at one position. */
export interface Shared {
  readonly bytes: Uint8Array;
}

/** An answer that is being made. Ends by `made` or `dropped`. */
export interface Making {
  /** @returns to be called when it has been read or its connection is gone */
  made(ownBytes: number, shared?: readonly Shared[]): () => void;
  dropped(): void;
}

/** Counts what is held once however often it is held. */
class Held {
  bytes = 0;
  private readonly shared = new Map<Shared, number>();

  add(own: number, shared: readonly Shared[]): void {
    this.bytes += own;
    for (const one of shared) {
      const times = this.shared.get(one) ?? 0;
      if (times === 0) this.bytes += one.bytes.length;
      this.shared.set(one, times + 1);
    }
  }

  remove(own: number, shared: readonly Shared[]): void {
    this.bytes -= own;
    for (const one of shared) {
      const times = this.shared.get(one) ?? 0;
      if (times > 1) this.shared.set(one, times - 1);
      else if (this.shared.delete(one)) this.bytes -= one.bytes.length;
    }
  }
}

/** One user's part of the memory that answers take until they are read, over all connections and doors. */
class Share {
  readonly making = { read: 0, command: 0 };
  readonly held = new Held();
  readonly waiting: Record<AnswerKind, (() => void)[]> = { read: [], command: [] };
  answers = 0;
  asked = 0;

  get isIdle(): boolean {
    return this.making.read + this.making.command + this.answers + this.waits + this.asked === 0;
  }

  get waits(): number {
    return this.waiting.read.length + this.waiting.command.length;
  }
}

/**
 * Memory for answers, by user. An answer is begun only while what its user has not read is under the bound: whoever
 * asks and does not read waits, and nobody else does [F1].
 */
export class Shares {
  private readonly users = new Map<string, Share>();
  private readonly all = new Held();

  /** Resolves when the answer may be made. Throws `rate_limited` where too many of this user wait, or it took too long. */
  async begin(userId: string, kind: AnswerKind): Promise<Making> {
    const share = this.shareOf(userId);
    if (share.waiting[kind].length === 0 && this.mayBegin(share, kind)) share.making[kind] += 1;
    else await this.wait(userId, share, kind);
    return this.making(userId, share, kind);
  }

  /**
   * Counts a request until it is answered: the returned function ends that. Throws `rate_limited` where the requests
   * of this user that wait are too much to keep.
   */
  ask(userId: string, bytes: number): () => void {
    const share = this.shareOf(userId);
    if (share.asked > 0 && share.asked + bytes > ASKED_BYTES) throw tooMuch();
    share.asked += bytes;
    return () => {
      share.asked -= bytes;
      this.forget(userId, share);
    };
  }

  private shareOf(userId: string): Share {
    const share = this.users.get(userId) ?? new Share();
    this.users.set(userId, share);
    return share;
  }

  private mayBegin(share: Share, kind: AnswerKind): boolean {
    return (
      share.making[kind] < MAKING[kind] &&
      share.answers < UNREAD_ANSWERS &&
      share.held.bytes <= UNREAD_BYTES &&
      // However much others have not read, who has read everything is served.
      (this.all.bytes <= UNREAD_BYTES_IN_ALL || share.held.bytes === 0)
    );
  }

  private wait(userId: string, share: Share, kind: AnswerKind): Promise<void> {
    const line = share.waiting[kind];
    if (share.waits >= WAITING) throw tooMuch();
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.splice(line.indexOf(begin), 1);
        reject(tooMuch());
        this.forget(userId, share);
      }, WAIT_MS);
      timer.unref();
      line.push(begin);
    });
  }

  private making(userId: string, share: Share, kind: AnswerKind): Making {
    let over = false;
    const end = (): boolean => {
      if (over) return false;
      over = true;
      share.making[kind] -= 1;
      return true;
    };
    return {
      made: (ownBytes, shared = []) => {
        if (!end()) return () => {};
        share.answers += 1;
        share.held.add(ownBytes, shared);
        this.all.add(ownBytes, shared);
        this.wake(userId, share);
        let read = false;
        return () => {
          if (read) return;
          read = true;
          share.answers -= 1;
          share.held.remove(ownBytes, shared);
          const full = this.all.bytes > UNREAD_BYTES_IN_ALL;
          this.all.remove(ownBytes, shared);
          this.wake(userId, share);
          if (full) for (const [id, other] of this.users) this.wake(id, other);
        };
      },
      dropped: () => {
        if (end()) this.wake(userId, share);
      },
    };
  }

  private wake(userId: string, share: Share): void {
    for (const kind of ['read', 'command'] as const) {
      while (share.waiting[kind].length > 0 && this.mayBegin(share, kind)) {
        share.making[kind] += 1;
        share.waiting[kind].shift()?.();
      }
    }
    this.forget(userId, share);
  }

  private forget(userId: string, share: Share): void {
    if (share.isIdle) this.users.delete(userId);
  }
}

const tooMuch = (): Refused =>
  new Refused(
    'rate_limited',
    'You have many answers that you have not read yet. Read them, then ask again.',
    {
      retryAfterMs: 1000,
    },
  );
