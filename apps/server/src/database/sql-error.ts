/** What an error and those it was made of say, wherever Prisma has put them: each of its ways nests the original differently. */
function* insides(error: unknown): Generator<object> {
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  while (queue.length > 0) {
    const value = queue.shift();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    yield value;
    for (const [key, inner] of Object.entries(value))
      if (key === 'meta' || key === 'cause' || key === 'driverAdapterError') queue.push(inner);
    if (value instanceof Error) queue.push(value.cause);
    if (value instanceof AggregateError) queue.push(...value.errors);
  }
}

/** The five characters by which PostgreSQL names an error. */
function sqlState(error: unknown): string | null {
  for (const value of insides(error))
    for (const [key, inner] of Object.entries(value))
      if ((key === 'originalCode' || key === 'code') && isSqlState(inner)) return inner;
  return null;
}

/** Five capitals or digits, at least one a digit (`EPIPE` is none); `P1…` and `P2…` are Prisma's own codes. */
const isSqlState = (code: unknown): code is string =>
  typeof code === 'string' && /^(?=.*\d)(?!P[12])[0-9A-Z]{5}$/.test(code);

const prismaCode = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;

/** serialization failure, deadlock, lock not available */
const RETRY_STATES = new Set(['40001', '40P01', '55P03']);
/** Prisma's word for a write conflict or deadlock. */
const RETRY_CODES = new Set(['P2034']);

/** The transaction was turned back by others' work and did nothing: run it again. */
export function isContention(error: unknown): boolean {
  const state = sqlState(error);
  return (state !== null && RETRY_STATES.has(state)) || RETRY_CODES.has(prismaCode(error) ?? '');
}

/**
 * 08: connection; 57P: shutdown, crash, starting; 53: no resources, a full disk among them; 58030: the disk fails;
 * 25P03, 25P04, 57014: our own timeouts in PostgreSQL
 */
const UNAVAILABLE_STATES = /^(08...|57P..|53...|58030|25P03|25P04|57014)$/;
/** P1: no connection; P2024: none was free; P2028: a transaction could not begin, or go on. */
const UNAVAILABLE_CODES = /^(P1\d\d\d|P2024|P2028)$/;
/** The system's, of a socket. A file that is not there is another ENOENT: it has no `connect`. */
const LOST_SOCKET =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EAI_AGAIN|ENOTFOUND)$/;
const NO_SOCKET = /^(ENOENT|EACCES|EAGAIN)$/;

/** What the driver says of a connection where it gives no code. */
const LOST =
  /\bconnect (ENOENT|EACCES|EAGAIN)\b|connection (terminated|ended|timeout|closed)|terminating connection|closed the connection|not queryable|timeout exceeded when trying to connect|timeout expired|query read timeout|after calling end on the pool/i;

/** Nobody knows whether it was committed, or nobody could ask: only a retry of the same command finds out. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return UNAVAILABLE_STATES.test(state);
  for (const value of insides(error)) {
    const code = 'code' in value && typeof value.code === 'string' ? value.code : '';
    if (UNAVAILABLE_CODES.test(code) || LOST_SOCKET.test(code)) return true;
    if (NO_SOCKET.test(code) && 'syscall' in value && value.syscall === 'connect') return true;
    if (value instanceof Error && LOST.test(value.message)) return true;
  }
  return false;
}

/** A statement took longer than it may, on our own account: of many commands together less would have been done in time. */
export const isTimeout = (error: unknown): boolean => sqlState(error) === '57014';

export const isUniqueViolation = (error: unknown): boolean =>
  prismaCode(error) === 'P2002' || sqlState(error) === '23505';

/**
 * 22003: a number out of range; 22007, 22008: no date, or none that it knows; 22021, 22P05: NUL, half a character;
 * 22P02: not written as its type is
 */
const VALUE_STATES = new Set(['22003', '22007', '22008', '22021', '22P05', '22P02']);

/** A value that PostgreSQL cannot take: whoever sent it is told so. */
export const isBadValue = (error: unknown): boolean => VALUE_STATES.has(sqlState(error) ?? '');
