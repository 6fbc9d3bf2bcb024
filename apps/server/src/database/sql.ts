import type pg from 'pg';
import type { Tx } from './client.ts';

/** One statement; its name is what a connection keeps its plan under. */
export interface Statement {
  readonly name: string;
  readonly text: string;
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

const BEGIN = { name: 'begin', text: 'BEGIN' };
const COMMIT = { name: 'commit', text: 'COMMIT' };
const ROLLBACK = { name: 'rollback', text: 'ROLLBACK' };

/** A transaction over a connection of our own, with prepared statements. BIGINT arrives as text: cast it. */
export class PgTransaction implements Sql {
  private readonly client: pg.ClientBase;
  private fault: { readonly error: unknown } | null = null;

  constructor(client: pg.ClientBase) {
    this.client = client;
    this.begun(this.rows(BEGIN));
  }

  async rows<Row>({ name, text }: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await this.client.query({ name, text, values: [...values] })).rows;
    } catch (error) {
      this.fault ??= { error };
      throw error;
    }
  }

  /**
   * Sends the last statements together with COMMIT, which is a ROLLBACK where one of them fails. All of them have been
   * built by then: nothing that throws here can lead to half a commit.
   */
  async commit<Row>(writes: readonly Bound[], last: Bound): Promise<Row[]> {
    for (const { statement, values } of writes) this.begun(this.rows(statement, values));
    const answer = this.rows<Row>(last.statement, last.values);
    this.begun(answer);
    await this.rows(COMMIT);
    if (this.fault) throw this.fault.error;
    return answer;
  }

  async rollback(): Promise<void> {
    await this.rows(ROLLBACK);
  }

  /** What went wrong first: statements that were sent behind it only say that the transaction is aborted. */
  causeOf(error: unknown): unknown {
    return this.fault ? this.fault.error : error;
  }

  private begun(promise: Promise<unknown>): void {
    promise.catch(() => {});
  }
}

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
