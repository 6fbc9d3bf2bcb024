import pg from 'pg';
import { catalogue } from './catalogue.ts';
import { ledger } from './ledger.ts';
import { log } from './log.ts';
import { orders } from './orders.ts';
import type { DeskSize } from './size.ts';
import type { Step } from './step.ts';
import { WORDS } from './words.ts';

/** The desk is not empty: what is there would not fit what is made. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty';
}

export interface Making {
  readonly databaseUrl: string;
  readonly size: DeskSize;
  /** The same seed, the same desk, but for its moments: it ends today. */
  readonly seed: number;
  readonly now: Date;
  /** Told before each step. */
  readonly progress: (step: string, done: number, all: number) => void;
}

/** All that is written. */
const TABLES = [
  'zone',
  'product',
  'client',
  'order',
  'order_line',
  'allocation',
  'stock_level',
  'stock_movement',
  'topic',
  'event',
];

/** History begins this many days ago, and ends yesterday. */
const DAYS = 700;

/**
 * Functions that the steps share: what is picked by chance depends on the seed and on what it is picked for, so that
 * statements may run in any order.
 */
const functions = (seed: number, start: Date): string => `
  CREATE FUNCTION pg_temp.ld_pick(i bigint, salt int, n int) RETURNS int LANGUAGE sql IMMUTABLE
  RETURN ((hashint8extended(i, ${seed} * 1000 + salt) & 9007199254740991) % n)::int;
  CREATE FUNCTION pg_temp.ld_start() RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN TIMESTAMPTZ '${start.toISOString()}';
  CREATE FUNCTION pg_temp.ld_id_at(at timestamptz, kind int, i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(kind), 3, '0')
    || '8' || lpad(to_hex(${seed % 4096}), 3, '0') || lpad(to_hex(i), 12, '0'))::uuid;
  CREATE FUNCTION pg_temp.ld_id(kind int, i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN pg_temp.ld_id_at(TIMESTAMPTZ '${start.toISOString()}', kind, i);
  CREATE FUNCTION pg_temp.ld_moment(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  ${Object.entries(WORDS)
    .map(
      ([kind, words]) => `
  CREATE FUNCTION pg_temp.ld_${kind}(i bigint, salt int) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN (ARRAY[${words.map((word) => pg.escapeLiteral(word)).join()}])[1 + pg_temp.ld_pick(i, salt, ${words.length})];`,
    )
    .join('')}
`;

/** The names of functions in the session's own schema, which is never searched for them. */
const qualified = (sql: string): string => sql.replace(/(?<!\.)\bld_/g, 'pg_temp.ld_');

/** Makes a large desk of an empty one, in one transaction: all of it is there in the end, or nothing. */
export async function makeLargeDesk({ databaseUrl, size, seed, now, progress }: Making): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    const start = new Date(Math.floor(now.getTime() / 60_000) * 60_000 - DAYS * 86_400_000);
    const steps: Step[] = [
      ...catalogue(size),
      ...orders({ ...size, closed: size.closedOrders, open: size.openOrders }),
      ...ledger(),
      ...log(),
    ];
    await client.query('BEGIN');
    await client.query(`SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '512MB'`);
    await withoutChecks(client);
    await client.query(functions(seed, start));
    const indexes = await withoutIndexes(client);
    for (const [i, { name, sql }] of steps.entries()) {
      progress(name, i, steps.length + 1);
      await client.query(qualified(sql));
    }
    progress('indexes', steps.length, steps.length + 1);
    for (const index of indexes) await client.query(index);
    await client.query('COMMIT');
    progress('statistics', steps.length + 1, steps.length + 1);
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  // Accounts are told of in the log; that is all that an empty desk has there.
  const of: Readonly<Record<string, string>> = {
    topic: `WHERE name <> 'people'`,
    event: `WHERE topic <> 'people'`,
  };
  const held = TABLES.map((table) => `EXISTS (SELECT FROM "${table}" ${of[table] ?? ''})`).join(' OR ');
  const { rows } = await client.query<{ held: boolean }>(`SELECT ${held} AS held`);
  if (rows[0]?.held)
    throw new NotEmpty('This desk holds something already. A large desk is made of an empty one.');
}

/**
 * Many rows are indexed faster together than one by one. What constraints rest on stays.
 * @returns what makes the indexes again
 */
async function withoutIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
     WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1)
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    [TABLES],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Each row names others of the same making: whoever may leave out looking them up one by one does so. */
async function withoutChecks(client: pg.Client): Promise<void> {
  await client.query('SAVEPOINT rights');
  try {
    await client.query(`SET LOCAL session_replication_role = 'replica'`);
  } catch {
    await client.query('ROLLBACK TO SAVEPOINT rights');
  }
}
