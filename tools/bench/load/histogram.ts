/** Bounds of the buckets: fine where a run is judged, coarse where it has failed anyway. */
const FINE_MS = 0.05;
const FINE = 4000;
const COARSE_MS = 5;

/** [bucket, how many], as it goes from one process to another. */
export type Counted = readonly (readonly [number, number])[];

/** Times by how often they came: millions of them in little memory. Exact to 0.05 ms up to 200 ms, to 5 ms beyond. */
export class Histogram {
  readonly #counts: number[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(ms: number): void {
    const bucket = ms < FINE * FINE_MS ? Math.max(0, Math.floor(ms / FINE_MS)) : FINE + coarse(ms);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
  }

  merge(counted: Counted): void {
    for (const [bucket, count] of counted) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
      this.#total += count;
    }
  }

  counted(): Counted {
    return Object.entries(this.#counts).map(([bucket, count]) => [Number(bucket), count]);
  }

  /** @returns milliseconds that the share `p` of all times does not exceed; NaN where there are none */
  quantile(p: number): number {
    let left = Math.max(1, Math.ceil(this.#total * p));
    for (const [bucket, count] of this.counted()) {
      left -= count;
      if (left <= 0) return middle(bucket);
    }
    return Number.NaN;
  }
}

const coarse = (ms: number): number => Math.floor((ms - FINE * FINE_MS) / COARSE_MS);

const middle = (bucket: number): number =>
  bucket < FINE ? (bucket + 0.5) * FINE_MS : FINE * FINE_MS + (bucket - FINE + 0.5) * COARSE_MS;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
