const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A1, B1, C1 … : the first that is not taken yet. */
export function suggestCode(taken: readonly string[]): string {
  const codes = new Set(taken.map((code) => code.toUpperCase()));
  for (let n = 1; ; n += 1) {
    for (const letter of LETTERS) if (!codes.has(`${letter}${n}`)) return `${letter}${n}`;
  }
}
