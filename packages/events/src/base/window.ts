import { byText, type Entities } from './entities.ts';

/** The rows of a topic that changed last; never changed in place. */
export type Window<T> = Entities<T>;

export interface WindowRules<T> {
  /** The most rows that are held. */
  readonly limit: number;
  readonly idOf: (row: T) => string;
  /** A moment that never decreases for a row, as ISO 8601 in UTC. */
  readonly changedAt: (row: T) => string;
}

/**
 * A list whose live view is bounded to the rows changed last, by (moment, id). The rank of a row only ever rises, and
 * rows leave only because others came above them: whoever starts from a truncated snapshot and applies the events after
 * it always knows the whole of the view, and what has left comes back with the event that lifts it.
 */
export function windowOf<T>({ limit, idOf, changedAt }: WindowRules<T>) {
  const lowestFirst = (a: T, b: T): number => byText(changedAt(a), changedAt(b)) || byText(idOf(a), idOf(b));
  return {
    /** With these rows, the last of the same id counting; what is beyond the limit then has left. One copy a batch. */
    with(held: Window<T>, changed: readonly T[]): Window<T> {
      if (changed.length === 0) return held;
      const next = new Map(held);
      for (const row of changed) next.set(idOf(row), row);
      for (const row of lowest(next.values(), next.size - limit, lowestFirst)) next.delete(idOf(row));
      return next;
    },
    load: (rows: readonly T[]): Window<T> => new Map(rows.map((row) => [idOf(row), row])),
  };
}

/** The `count` lowest. A batch brings few rows that were not held, so that this is about one comparison a row. */
export function lowest<T>(rows: Iterable<T>, count: number, compare: (a: T, b: T) => number): T[] {
  const found: T[] = [];
  if (count <= 0) return found;
  for (const row of rows) {
    const highest = found[count - 1];
    if (highest !== undefined && compare(row, highest) >= 0) continue;
    const at = found.findIndex((other) => compare(row, other) < 0);
    found.splice(at < 0 ? found.length : at, 0, row);
    if (found.length > count) found.pop();
  }
  return found;
}
