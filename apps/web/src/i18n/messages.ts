import type { en } from './en/index.ts';

type TextsOf<T> = { readonly [K in keyof T]: T[K] extends string ? string : TextsOf<T[K]> };

/** What every language has to say. */
export type Messages = TextsOf<typeof en>;
