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

export interface Catalogue<T> {
  readonly entities: Entities<T>;
  /** How many there are in all, in the snapshot or not. */
  readonly total: number;
}

/**
 * A list whose live view is bounded to the `limit` entries changed last. Rank only ever rises by an event, so
 * whoever starts from a truncated snapshot and applies the events after it always knows the whole of the view.
 */
export function catalogue<T extends { readonly id: string; readonly updatedAt: string }>(
  limit: number,
  order: (a: T, b: T) => number,
) {
  const lastChangedFirst = (a: T, b: T) => byText(b.updatedAt, a.updatedAt) || byText(b.id, a.id);
  return {
    empty: (): Catalogue<T> => ({ entities: new Map(), total: 0 }),
    apply: (state: Catalogue<T>, changed: readonly T[], created: number): Catalogue<T> => ({
      entities: upsertAll(state.entities, changed),
      total: state.total + created,
    }),
    load: (items: readonly T[], total: number): Catalogue<T> => ({
      entities: new Map(items.map((item) => [item.id, item])),
      total,
    }),
    view: ({ entities, total }: Catalogue<T>): { items: T[]; total: number; truncated: boolean } => {
      const all = [...entities.values()];
      const kept = all.length > limit ? all.sort(lastChangedFirst).slice(0, limit) : all;
      return { items: kept.sort(order), total, truncated: total > kept.length };
    },
  };
}

export const countOf = (events: readonly { readonly type: string }[], type: string): number =>
  events.reduce((n, event) => (event.type === type ? n + 1 : n), 0);
