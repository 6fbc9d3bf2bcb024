/** What one part of a run has found, for the terminal and for the document alike. */
export interface Section {
  readonly title: string;
  /** How it was measured. */
  readonly about: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** What could not be done, or has to be known beside the figures. */
  readonly notes: readonly string[];
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Goal {
  readonly what: string;
  readonly reached: string;
  /** Null where it was not measured. */
  readonly met: boolean | null;
}

/** @param bound what `value` must reach; NaN was not measured */
export const atLeast = (what: string, value: number, bound: number): Goal => ({
  what: `${what} ≥ ${bound}`,
  reached: figure(value),
  met: Number.isNaN(value) ? null : value >= bound,
});

export const atMost = (what: string, value: number, bound: number, unit = ''): Goal => ({
  what: `${what} ≤ ${bound}${unit}`,
  reached: Number.isNaN(value) ? figure(value) : `${figure(value)}${unit}`,
  met: Number.isNaN(value) ? null : value <= bound,
});

/** Three digits that count; no more are known. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return 'not measured';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** Milliseconds, or seconds where there are many. */
export const time = (ms: number): string => (ms >= 10_000 ? `${figure(ms / 1000)} s` : `${figure(ms)} ms`);
