import type { AnyFold, Cursor, Envelope } from '@almenara/events';
import { type Listeners, listeners, type Observable, type Report } from './observable.ts';

interface Held {
  readonly state: unknown;
  readonly cursor: Cursor;
}

/** Of a topic that is only listened to: it knows its place, and holds nothing. */
export const NO_STATE: AnyFold = {
  empty: () => null,
  fold: (state) => state,
  view: () => null,
  load: () => null,
};

/** The state of one topic and the place in the log it stands for. Both change together, or not at all. */
export class Replica {
  readonly #fold: AnyFold;
  readonly #listeners: Listeners;
  #held: Held | null = null;
  #viewed: { readonly state: unknown; readonly view: unknown } | null = null;
  #shown: unknown = undefined;

  constructor(fold: AnyFold, report: Report) {
    this.#fold = fold;
    this.#listeners = listeners(report);
  }

  get cursor(): Cursor | null {
    return this.#held?.cursor ?? null;
  }

  /** Null before the first snapshot. Computed when someone looks, once for each state. */
  readonly view: Observable<unknown> = {
    get: () => {
      if (!this.#held) return null;
      const { state } = this.#held;
      if (!this.#viewed || this.#viewed.state !== state)
        this.#viewed = { state, view: this.#fold.view(state) };
      return this.#viewed.view;
    },
    subscribe: (listener) => this.#listeners.subscribe(listener),
  };

  /** `events` follow the cursor without a gap. Throws, changing nothing, if the fold does. */
  apply(events: readonly Envelope[]): void {
    const last = events.at(-1);
    if (!this.#held || !last) return;
    const state = this.#fold.fold(this.#held.state, events);
    this.#held = { state, cursor: { epoch: this.#held.cursor.epoch, seq: last.seq, id: last.id } };
  }

  /** Throws, changing nothing, on a snapshot that cannot be loaded. */
  reset(snapshot: unknown, cursor: Cursor): void {
    this.#held = { state: this.#fold.load(snapshot), cursor };
  }

  clear(): void {
    this.#held = null;
    this.#viewed = null;
  }

  /** Tells those who look at the view, if it is another one than they were told of last. */
  announce(): void {
    const state = this.#held?.state;
    if (state === this.#shown) return;
    this.#shown = state;
    this.#listeners.notify();
  }
}
