/** What the measured server says to the process that measures it, … */
export type FromServer =
  | { readonly kind: 'ready'; readonly url: string; readonly tokens: readonly string[] }
  | { readonly kind: 'memory'; readonly rss: number; readonly heap: number };
/** … and is told. */
export type ToServer = { readonly kind: 'memory' } | { readonly kind: 'stop' };
