/** Where a request comes from, as far as that can be known. Both are the caller's word: shown, never relied on. */
export interface Visitor {
  readonly address: string | null;
  readonly agent: string | null;
}
