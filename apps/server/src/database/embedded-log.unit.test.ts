import { expect, test } from 'vitest';
import { type PostgresLine, postgresLog } from './embedded-log.ts';

test("PostgreSQL's lines matter as much to us as to it, but for the statements that failed", () => {
  const told: PostgresLine[] = [];
  const read = postgresLog((line) => told.push(line));
  for (const line of [
    '2026-11-26 20:02:10.123 UTC [12] LOG:  database system is ready to accept connections',
    '2026-11-26 20:02:11.123 UTC [13] WARNING:  out of shared memory',
    '2026-11-26 20:02:12.123 UTC [14] ERROR:  duplicate key value violates unique constraint "user_email_key"',
    '2026-11-26 20:02:12.123 UTC [14] DETAIL:  Key (email)=(ada@test.test) already exists.',
    '2026-11-26 20:02:13.123 UTC [15] FATAL:  the database system is starting up',
    '2026-11-26 20:02:14.123 UTC [16] PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
    '2026-11-26 20:02:14.123 UTC [16] HINT:  Free some space.',
    'postgres: could not find the database system',
  ])
    read(line);
  expect(told.map(({ level, text }) => [level, text.slice(0, 30)])).toEqual([
    ['info', 'LOG: database system is ready '],
    ['warn', 'WARNING: out of shared memory'],
    ['debug', 'ERROR: duplicate key value vio'],
    ['debug', 'DETAIL: Key (email)=(ada@test.'],
    ['debug', 'FATAL: the database system is '],
    ['error', 'PANIC: could not write to file'],
    ['error', 'HINT: Free some space.'],
    ['info', 'postgres: could not find the d'],
  ]);
});
