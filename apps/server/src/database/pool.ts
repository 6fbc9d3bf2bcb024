import { Socket } from 'node:net';
import pg from 'pg';
import { DatabaseAway } from './away.ts';
import type { DatabaseHealth } from './health.ts';

type Taker = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

export interface PoolSize {
  /** Connections at most. */
  readonly max: number;
  /** PostgreSQL settings, as its command line takes them. */
  readonly options: string;
  /** A connection that says nothing for this long is dead: longer than any statement may take. */
  readonly silentMs: number;
  /** Statements are sent without waiting for the answers of those before. */
  readonly pipeline?: boolean;
}

/** How long a new connection may take to say its first word. */
const CONNECT_MS = 4000;
/** How long one may wait for a connection that others hold. */
const ACQUIRE_MS = 10_000;
/** Given back before the silence of an idle connection could be taken for a dead one. */
const IDLE_MS = 5000;

/**
 * Connections that nobody hangs on: while the database is away nobody waits for one, those that somebody waits for are
 * destroyed and never used again, and each loss is told to the one who knows whether the database is there.
 */
export class WatchedPool extends pg.Pool {
  readonly #health: DatabaseHealth;
  readonly #sockets: Set<Socket>;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, { max, options, silentMs, pipeline = false }: PoolSize, health: DatabaseHealth) {
    const sockets = new Set<Socket>();
    super({
      connectionString: url,
      max,
      options,
      keepAlive: true,
      pipeline,
      connectionTimeoutMillis: ACQUIRE_MS,
      idleTimeoutMillis: IDLE_MS,
      stream: () => watchedSocket(sockets, silentMs),
    });
    this.#health = health;
    this.#sockets = sockets;
    this.on('connect', (client) => client.on('error', () => health.doubt()));
    // An idle connection that is lost is told by the line above.
    this.on('error', () => {});
    health.onAway(() => this.cut());
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(taker: Taker): void;
  override connect(taker?: Taker): Promise<pg.PoolClient> | undefined {
    if (taker) {
      this.#take(taker);
      return undefined;
    }
    return new Promise((resolve, reject) =>
      this.#take((error, client) => {
        if (client) resolve(client);
        else reject(error ?? new DatabaseAway('There is no connection.'));
      }),
    );
  }

  /** Destroys every connection, and tells everybody who waits for one. */
  cut(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const giveUp of waiting) giveUp();
    for (const socket of this.#sockets) socket.destroy(away());
  }

  #take(taker: Taker): void {
    if (this.#health.isAway) {
      this.#health.doubt();
      // In a turn of its own: whoever tries again at once must not keep the loop from hearing that it is back.
      setImmediate(() => taker(away(), undefined, () => {}));
      return;
    }
    const giveUp = (): void => taker(away(), undefined, () => {});
    this.#waiting.add(giveUp);
    super.connect((error, client, done) => {
      // Told already that there is none: the next one may have it.
      if (!this.#waiting.delete(giveUp)) return client && done();
      if (error) this.#health.refused();
      taker(error, client, done);
    });
  }
}

const away = (): DatabaseAway => new DatabaseAway('The database does not answer.');

/**
 * PostgreSQL ends by itself what takes too long (`statement_timeout`, `idle_in_transaction_session_timeout`): a
 * connection that is silent for longer leads to nobody, because its other end froze or the network forgot it.
 */
function watchedSocket(sockets: Set<Socket>, silentMs: number): Socket {
  const socket = new Socket();
  const first = setTimeout(() => {
    if (socket.bytesRead === 0) socket.destroy(away());
  }, CONNECT_MS);
  first.unref();
  socket.setTimeout(silentMs, () => socket.destroy(away()));
  sockets.add(socket);
  socket.once('close', () => {
    clearTimeout(first);
    sockets.delete(socket);
  });
  return socket;
}
