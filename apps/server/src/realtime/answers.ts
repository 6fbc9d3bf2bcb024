import type { AnswerKind, Making, Shares } from '../flow/shares.ts';
import { Turns } from '../turns.ts';
import { bytesRead, bytesWaiting, type Connection, isOpen, isWebSocket, moved } from './engine.ts';
import type { JsonParts } from './frames.ts';

/** An answer is begun when no more than this waits for its connection (bytes). */
const READY_BYTES = 256_000;
/** Requests of one connection that wait for their turn. */
const WAITING = 1024;
/** What may take megabytes goes one at a time; commands may be pipelined. */
const AT_ONCE = { read: 1, command: 256 } as const;

type Made = Making['made'];

interface Unread {
  /** Where the answer ends in what is sent on its connection. */
  readonly upTo: number;
  readonly read: () => void;
}

/**
 * The answers of one connection, over all its namespaces. None is made before the client has read most of those before,
 * so that who asks and does not read costs one answer, however often it asks [F1].
 */
export class Answers {
  private readonly connection: Connection;
  private readonly shares: Shares;
  private readonly turns = {
    read: new Turns({ atOnce: AT_ONCE.read, perKey: AT_ONCE.read, waiting: WAITING }),
    command: new Turns({ atOnce: AT_ONCE.command, perKey: AT_ONCE.command, waiting: WAITING }),
  };
  private unread: Unread[] = [];
  private moving: Promise<void> | null = null;

  constructor(connection: Connection, shares: Shares) {
    this.connection = connection;
    this.shares = shares;
  }

  /**
   * Makes an answer when its turn comes, and sends it. `make` never rejects; `askedBytes` is the size of the request.
   * Throws `rate_limited` where too much waits, and answers nothing once the connection is over.
   */
  async give(
    kind: AnswerKind,
    { userId, askedBytes }: { userId: string; askedBytes: number },
    make: () => Promise<JsonParts>,
    send: (answer: JsonParts) => void,
  ): Promise<void> {
    const answered = this.shares.ask(userId, askedBytes);
    try {
      await this.turns[kind].run('', async () => {
        while (this.mustWait) await this.nextMove();
        if (!isOpen(this.connection)) return;
        const making = await this.shares.begin(userId, kind);
        try {
          // Nobody is there any more to be answered: what has not been begun is not.
          if (!isOpen(this.connection)) return;
          const answer = await make();
          send(answer);
          this.keep(answer, making.made);
        } finally {
          making.dropped();
        }
      });
    } finally {
      answered();
    }
  }

  private get mustWait(): boolean {
    return isOpen(this.connection) && bytesWaiting(this.connection) > READY_BYTES;
  }

  private nextMove(): Promise<void> {
    this.moving ??= moved(this.connection).finally(() => {
      this.moving = null;
    });
    return this.moving;
  }

  private keep(answer: JsonParts, made: Made): void {
    const waiting = bytesWaiting(this.connection);
    const read = this.holds(answer, made);
    if (waiting === 0 || !isOpen(this.connection)) return read();
    this.unread.push({ upTo: bytesRead(this.connection) + waiting, read });
    if (this.unread.length === 1) void this.watch();
  }

  /** A poll is answered with one text: over polling nothing is shared, and it is held as a text and as bytes. */
  private holds(answer: JsonParts, made: Made): () => void {
    const all = answer.reduce((sum, part) => sum + (typeof part === 'string' ? part : part.json).length, 0);
    if (!isWebSocket(this.connection)) return made(2 * all);
    const shared = answer.flatMap((part) => (typeof part === 'string' ? [] : [part]));
    const inShared = shared.reduce((sum, { json }) => sum + json.length, 0);
    return made(
      all - inShared,
      shared.map((part) => part.of),
    );
  }

  /** On a busy connection something always waits; what counts is that the answer has left. */
  private async watch(): Promise<void> {
    while (this.unread.length > 0) {
      await this.nextMove();
      const all = !isOpen(this.connection) || bytesWaiting(this.connection) === 0;
      const upTo = isWebSocket(this.connection) ? bytesRead(this.connection) : 0;
      const left = all ? [] : this.unread.filter((one) => one.upTo > upTo);
      for (const one of this.unread) if (!left.includes(one)) one.read();
      this.unread = left;
    }
  }
}
