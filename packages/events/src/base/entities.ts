/** Entities by id; a fold of "the event carries the full new state" is an upsert into it. */
export type Entities<T> = ReadonlyMap<string, T>;

/** Orders by code unit, never by locale: the same everywhere, and what the tables are compared with. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Upserts all of `changed`, copying the map once. */
export function upsertAll<T extends { readonly id: string }>(
  entities: Entities<T>,
  changed: readonly T[],
): Entities<T> {
  if (changed.length === 0) return entities;
  const next = new Map(entities);
  for (const entity of changed) next.set(entity.id, entity);
  return next;
}

export const countOf = (events: readonly { readonly type: string }[], type: string): number =>
  events.reduce((n, event) => (event.type === type ? n + 1 : n), 0);
