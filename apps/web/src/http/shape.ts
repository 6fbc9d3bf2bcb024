/**
 * What an answer has to look like: a schema of zod, or a few lines by hand where a page must not wait for zod to load.
 */
export interface Shape<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** A shape from a reader that gives null where a value is not of it. */
export const shape = <T>(read: (value: unknown) => { readonly data: T } | null): Shape<T> => ({
  safeParse: (value) => {
    const found = read(value);
    return found ? { success: true, data: found.data } : { success: false };
  },
});

export const shapeOf = <T>(is: (value: unknown) => value is T): Shape<T> =>
  shape((value) => (is(value) ? { data: value } : null));

export const anything = shape((data) => ({ data }));
