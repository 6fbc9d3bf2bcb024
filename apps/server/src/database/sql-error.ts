/**
 * The five characters by which PostgreSQL names an error, wherever Prisma has put them: an interactive
 * transaction, a raw query and the driver adapter each nest the original differently.
 */
function sqlState(error: unknown): string | null {
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  while (queue.length > 0) {
    const value = queue.shift();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'originalCode' || key === 'code') && isSqlState(inner)) return inner;
      if (key === 'meta' || key === 'cause' || key === 'driverAdapterError') queue.push(inner);
    }
    if (value instanceof Error) queue.push(value.cause);
  }
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

/** What drivers say of a connection that is gone, where they give no code. */
const LOST =
  /connection (terminated|ended|timeout|closed)|terminating connection|closed the connection|not queryable/i;

/** Nobody knows whether it was committed, or nobody could ask: only a retry of the same command finds out. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  // 08: connection; 57P: shutdown; 53: no resources; 25P03/25P04/57014: our own server-side timeouts
  if (state !== null) return /^(08|57P|53)/.test(state) || ['25P03', '25P04', '57014'].includes(state);
  const code = prismaCode(error);
  if (code !== null && /^(P1\d\d\d|P2024|P2028|ECONN\w+|EPIPE|ETIMEDOUT|ENOENT)$/.test(code)) return true;
  return error instanceof Error && LOST.test(error.message);
}

export const isUniqueViolation = (error: unknown): boolean =>
  prismaCode(error) === 'P2002' || sqlState(error) === '23505';

/**
 * 22003: a number out of range; 22007, 22008: no date, or none that it knows; 22021, 22P05: NUL, half a character;
 * 22P02: not written as its type is
 */
const VALUE_STATES = new Set(['22003', '22007', '22008', '22021', '22P05', '22P02']);

/** A value that PostgreSQL cannot take: whoever sent it is told so. */
export const isBadValue = (error: unknown): boolean => VALUE_STATES.has(sqlState(error) ?? '');
