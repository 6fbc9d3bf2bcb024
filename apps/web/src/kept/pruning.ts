import type { KeptCursor } from './database.ts';

export interface KeptLimits {
  /** How long what nobody follows is kept, in ms. */
  readonly ageMs: number;
  /** How many topics are kept in this browser, of all its users, and about how many bytes. */
  readonly topics: number;
  readonly bytes: number;
}

const KEPT_LIMITS: KeptLimits = { ageMs: 30 * 86_400_000, topics: 60, bytes: 64_000_000 };

export const usedAt = ({ usedAt: used, savedAt }: KeptCursor): number => used ?? savedAt;

/** What is to go: what another build wrote, what nobody has followed for long, and the oldest of what is too much. */
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

/** How many rows of a list are looked at to tell how large it is. */
const SAMPLE = 16;

/** About how many bytes a view takes, from a few rows of each of its lists: writing out all of it would hold the page up. */
export function roughBytes(view: unknown): number {
  if (typeof view !== 'object' || view === null) return 0;
  let bytes = 0;
  for (const part of Object.values(view)) {
    if (!Array.isArray(part)) bytes += jsonBytes(part);
    else if (part.length > 0) {
      const step = Math.max(1, Math.floor(part.length / SAMPLE));
      const sample = part.filter((_, i) => i % step === 0);
      bytes += (jsonBytes(sample) / sample.length) * part.length;
    }
  }
  return Math.round(bytes);
}

const jsonBytes = (value: unknown): number => JSON.stringify(value)?.length ?? 0;
