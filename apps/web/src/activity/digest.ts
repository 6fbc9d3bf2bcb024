import type { ActivityKind } from './activity-kinds.ts';

/** How long changes are gathered before the first word, and how far words are apart at least, in ms. */
const GATHER_MS = 1500;
export const APART_MS = 10_000;

export type Counts = Readonly<Partial<Record<ActivityKind, number>>>;

/** Gathers changes and tells them in one go, now and then: for who listens instead of looking. */
export class Digest {
  readonly #tell: (counts: Counts) => void;
  #counts: Partial<Record<ActivityKind, number>> = {};
  #timer: ReturnType<typeof setTimeout> | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(tell: (counts: Counts) => void) {
    this.#tell = tell;
  }

  add(kind: ActivityKind): void {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    this.#timer ??= setTimeout(
      () => this.#told(),
      Math.max(GATHER_MS, this.#toldAt + APART_MS - performance.now()),
    );
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #told(): void {
    const counts = this.#counts;
    this.#counts = {};
    this.#timer = null;
    this.#toldAt = performance.now();
    this.#tell(counts);
  }
}
