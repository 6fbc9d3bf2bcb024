import { expect, test } from 'vitest';
import { DatabaseAway } from './away.ts';
import { isContention, isUnavailable } from './sql-error.ts';

const coded = (message: string, more: Record<string, unknown>) => Object.assign(new Error(message), more);
/** As Prisma's raw queries carry an error of the driver. */
const raw = (code: string) =>
  coded('Raw query failed', {
    code: 'P2010',
    meta: { driverAdapterError: coded('', { cause: { originalCode: code, kind: 'postgres' } }) },
  });

test.each<readonly [string, unknown]>([
  ['our own word for it', new DatabaseAway('away')],
  ['a connection that is refused', coded('', { code: 'ECONNREFUSED', syscall: 'connect' })],
  ['a socket that is not there', coded('', { code: 'ENOENT', syscall: 'connect' })],
  [
    'a socket that is not there, as Prisma tells it',
    coded('Invalid `prisma.$queryRaw()` invocation: connect ENOENT /s.PGSQL.5432', { code: 'ENOENT' }),
  ],
  ['a socket that is full', coded('', { code: 'EAGAIN', syscall: 'connect' })],
  ['a name that is not found', coded('', { code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
  ['several addresses, none of which answers', new AggregateError([coded('', { code: 'ECONNREFUSED' })])],
  ...['57P01', '57P02', '57P03', '08006', '08001', '53100', '53300', '58030', '57014', '25P03'].map(
    (code) => [`PostgreSQL's ${code}`, raw(code)] as const,
  ),
  ...['P1001', 'P1008', 'P1017', 'P2024', 'P2028'].map(
    (code) => [`Prisma's ${code}`, coded('', { code })] as const,
  ),
  ['a connection that ended', new Error('Connection terminated unexpectedly')],
  ['a wait for a connection', new Error('timeout exceeded when trying to connect')],
  ['a client that was given up', new Error('Client was closed and is not queryable')],
  ['better-auth, which wraps it', new Error('Failed to get session', { cause: raw('57P01') })],
])('%s: the database is away', (_, error) => {
  expect(isUnavailable(error)).toBe(true);
});

test.each<readonly [string, unknown]>([
  ['a file that is not there', coded('', { code: 'ENOENT', syscall: 'open' })],
  ['a fault of ours', new TypeError('x is not a function')],
  ['a row that is there already', raw('23505')],
  ['a statement that is wrong', raw('42601')],
  ['nothing', null],
])('%s: that is not the database', (_, error) => {
  expect(isUnavailable(error)).toBe(false);
});

test('what others turned back is neither', () => {
  expect(isContention(raw('40P01'))).toBe(true);
  expect(isUnavailable(raw('40P01'))).toBe(false);
});
