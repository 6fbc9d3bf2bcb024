import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseAway } from './away.ts';

/** What the database says when all its connections are taken: it is there. */
const TOO_MANY_CONNECTIONS = '53300';

/**
 * Asks the database whether it is there, over a connection of its own that stays open: the answer costs one round
 * trip and waits for nobody's query.
 */
export class Probe {
  readonly #url: string;
  #open: Connection | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * @param fresh asks over a new connection: an old one may go on answering where nobody gets in any more
   * @throws what went wrong, or `DatabaseAway` after `withinMs` without an answer
   */
  async ask(withinMs: number, fresh: boolean): Promise<void> {
    if (fresh) this.close();
    const isOld = this.#open !== null;
    try {
      await this.#answerWithin(withinMs);
    } catch (error) {
      this.close();
      if (isTooMany(error)) return;
      // An old connection that is gone says nothing about the database; one that is silent does.
      if (!isOld || error instanceof DatabaseAway) throw error;
      await this.ask(withinMs, true);
    }
  }

  close(): void {
    this.#open?.socket.destroy();
    this.#open = null;
  }

  async #answerWithin(ms: number): Promise<void> {
    let isAnswered = false;
    const asked = this.#ask().finally(() => {
      isAnswered = true;
    });
    const silence = new AbortController();
    const timer = setTimeout(async () => {
      // This process may have been the slow one: what has arrived meanwhile is read first.
      await nextTurn();
      await nextTurn();
      if (!isAnswered) silence.abort();
    }, ms);
    timer.unref();
    const silent = new Promise<never>((_, reject) => {
      silence.signal.addEventListener('abort', () => reject(new DatabaseAway(`no answer in ${ms / 1000} s`)));
    });
    try {
      await Promise.race([asked, silent]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask(): Promise<void> {
    this.#open ??= connect(this.#url);
    const { client, ready } = this.#open;
    await ready;
    await client.query('SELECT 1');
  }
}

interface Connection {
  readonly client: pg.Client;
  readonly ready: Promise<unknown>;
  /** Destroyed to end it: a frozen database never answers a goodbye. */
  readonly socket: Socket;
}

function connect(url: string): Connection {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: url,
    stream: () => socket,
    keepAlive: true,
    application_name: 'almenara probe',
  });
  client.on('error', () => {}); // The question under way fails, and tells.
  return { client, socket, ready: client.connect() };
}

const isTooMany = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === TOO_MANY_CONNECTIONS;
