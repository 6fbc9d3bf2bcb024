/**
 * Tells a barcode scanner from a person by the rhythm of the keys: a scanner is a keyboard that types a code within
 * a fraction of a second and presses Enter.
 */
export interface Burst {
  readonly code: string;
  /** When the first and the last key were pressed, in ms. */
  readonly began: number;
  readonly last: number;
}

/** Longest pause within a scan, in ms: some wireless scanners stumble. */
const PAUSE_MS = 100;
/** Longest time a key on average, in ms. The fastest typists need some 60, scanners 1 to 40. */
const AVERAGE_MS = 45;
const SHORTEST = 4;

export interface Heard {
  /** What is being typed without a pause; null after anything else. */
  readonly burst: Burst | null;
  /** A whole code, when this key has ended one. */
  readonly code: string | null;
}

const isFast = ({ code, began, last }: Burst): boolean =>
  code.length >= SHORTEST && (last - began) / (code.length - 1) <= AVERAGE_MS;

/** What the next key means after what was heard before. */
export function hear(burst: Burst | null, key: string, at: number): Heard {
  const goesOn = burst !== null && at - burst.last <= PAUSE_MS;
  if (key.length === 1) {
    const next = goesOn ? { ...burst, code: burst.code + key, last: at } : { code: key, began: at, last: at };
    return { burst: next, code: null };
  }
  if (key === 'Enter') return { burst: null, code: goesOn && isFast(burst) ? burst.code : null };
  // Scanners press Shift for capitals: that does not end a code, as other special keys do.
  return { burst: key === 'Shift' ? burst : null, code: null };
}

/** Whether fast keys can be a code at all, and not the end of a word that somebody typed very fast. */
export const looksLikeCode = (text: string): boolean => /^(?=.*\d)[!-~]{6,64}$/.test(text);
