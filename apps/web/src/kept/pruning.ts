import { type KeptCursor, usedAt } from './database.ts';

export interface KeptLimits {
  /** How long what nobody follows is kept, in ms. */
  readonly ageMs: number;
  /** How many topics are kept in this browser, of all its users, and about how many bytes. */
  readonly topics: number;
  readonly bytes: number;
}

const KEPT_LIMITS: KeptLimits = { ageMs: 30 * 86_400_000, topics: 60, bytes: 64_000_000 };

/**
 * What to remove: what another build wrote, what nobody has followed for long, and the oldest where too much is
 * kept.
 */
export function toPrune(
  rows: readonly KeptCursor[],
  { now, build, inUse }: { now: number; build: string; inUse(row: KeptCursor): boolean },
  limits: KeptLimits = KEPT_LIMITS,
): readonly KeptCursor[] {
  let [topics, bytes] = [0, 0];
  const useless = (row: KeptCursor): boolean =>
    !inUse(row) && (row.build !== build || now - usedAt(row) > limits.ageMs);
  const tooMuch = rows
    .filter((row) => !useless(row))
    .toSorted((a, b) => Number(inUse(b)) - Number(inUse(a)) || usedAt(b) - usedAt(a))
    .filter((row) => {
      topics += 1;
      bytes += row.bytes ?? 0;
      return !inUse(row) && (topics > limits.topics || bytes > limits.bytes);
    });
  return [...rows.filter(useless), ...tooMuch];
}
