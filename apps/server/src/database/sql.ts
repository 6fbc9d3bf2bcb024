import type pg from 'pg';
import type { Tx } from './client.ts';

/** One statement; its name is what a connection keeps its plan under. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A statement could not be run; those that were sent behind it only say that the transaction is aborted. */
export interface Fault {
  readonly error: unknown;
  /** The statement's name. */
  readonly at: string;
}

/** A statement with its values. */
export interface Bound {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/**
 * Runs statements of one transaction, in the order in which they are given. Whoever does not wait for one before giving
 * the next saves a round trip where the connection can send them together.
 */
export interface Sql {
  rows<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

const WAIT = { name: 'wait for locks', text: `SELECT set_config('lock_timeout', $1, true)` };

/** A transaction over a connection of our own, with prepared statements. BIGINT arrives as text: cast it. */
export class PgTransaction implements Sql {
  private readonly client: pg.ClientBase;
  private first: Fault | null = null;

  /** @param lockMs how long it waits for one lock, where that is not what the connection's own setting says */
  constructor(client: pg.ClientBase, lockMs?: number) {
    this.client = client;
    this.begun(this.plain('BEGIN'));
    if (lockMs !== undefined) this.begun(this.rows(WAIT, [`${Math.ceil(lockMs)}ms`]));
  }

  /** What went wrong first. */
  get fault(): Fault | null {
    return this.first;
  }

  async rows<Row>({ name, text }: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await this.client.query({ name, text, values: [...values] })).rows;
    } catch (error) {
      this.first ??= { error, at: name };
      throw error;
    }
  }

  /**
   * Sends the last statements together with COMMIT, which is a ROLLBACK where one of them fails. All of them have been
   * built by then: nothing that throws here can lead to half a commit.
   */
  async commit<Row>(writes: readonly Bound[], last: Bound): Promise<Row[]> {
    if (this.first) throw this.first.error;
    for (const { statement, values } of writes) this.begun(this.rows(statement, values));
    const answer = this.rows<Row>(last.statement, last.values);
    this.begun(answer);
    await this.plain('COMMIT');
    const fault = this.fault;
    if (fault) throw fault.error;
    return answer;
  }

  async rollback(): Promise<void> {
    await this.plain('ROLLBACK');
  }

  private async plain(text: string): Promise<void> {
    try {
      await this.client.query(text);
    } catch (error) {
      this.first ??= { error, at: text };
      throw error;
    }
  }

  private begun(promise: Promise<unknown>): void {
    promise.catch(() => {});
  }
}

/** Each statement by itself: what it locks it lets go at once. */
export const sqlOver = (client: pg.ClientBase): Sql => ({
  rows: async ({ name, text }, values = []) => (await client.query({ name, text, values: [...values] })).rows,
});

/** Within a transaction of Prisma's, one after the other. */
export function sqlWithin(tx: Tx): Sql {
  let last: Promise<unknown> = Promise.resolve();
  return {
    rows: <Row>({ text }: Statement, values: readonly unknown[] = []) => {
      const run = (): Promise<Row[]> => tx.$queryRawUnsafe<Row[]>(text, ...values);
      const rows = last.then(run, run);
      last = rows.catch(() => {});
      return rows;
    },
  };
}

/** The columns of rows, each as one array: what `unnest` takes. */
export function columns<Row>(rows: readonly Row[], pick: readonly ((row: Row) => unknown)[]): unknown[][] {
  return pick.map((of) => rows.map(of));
}
