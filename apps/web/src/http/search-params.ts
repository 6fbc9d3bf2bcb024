/** What the search part of an address may hold, read without a schema library: every page's address is read first. */

export type Search = Readonly<Record<string, unknown>>;

export const isOneOf = <T extends string>(value: unknown, choices: readonly T[]): value is T =>
  choices.some((choice) => choice === value);

/** At most `max` characters. */
export const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= max;

export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);

/** A day of a calendar, as `2026-03-01`. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

/**
 * A route's reader of its address. The router lays what was read over what stood there: what the reader leaves out
 * has to be taken away, or it would still be in what the page is given.
 */
export const onlyWhat =
  <T extends object>(read: (search: Search) => T) =>
  (search: Search): T => {
    const nothing = Object.fromEntries(Object.keys(search).map((key) => [key, undefined]));
    return Object.assign(nothing, read(search));
  };
