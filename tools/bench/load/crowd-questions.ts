import type { Counted } from './histogram.ts';
import type { Door } from './light-client.ts';

/** What the readers of one process have seen since the load began, or of all processes together. */
export interface Sight {
  readonly deliveries: number;
  readonly packets: number;
  readonly twice: number;
  readonly holes: number;
  readonly lost: number;
  readonly caughtUp: number;
  readonly reconnects: number;
  readonly resets: number;
  /** On the machine's monotonic clock. */
  readonly lastAt: number;
  /** From the moment that a command was due to its event in a reader's hands. */
  readonly late: Counted;
  /** Readers that did not get everything in time. */
  readonly behind: number;
  /** The least and the most that a reader has reached. */
  readonly seqs: readonly [number, number];
}

export type CrowdQuestions = {
  /** Connects a reader through each door. */
  follow: { ask: { doors: readonly Door[]; atOnce: number }; answer: Sight };
  /** Connects through each door, and follows nothing. @returns how long each took */
  enter: { ask: { doors: readonly Door[]; atOnce: number }; answer: Counted };
  leave: { ask: null; answer: null };
  begin: { ask: { commandPrefix: string; start: number; everyMs: number }; answer: null };
  reach: { ask: { seq: number; withinMs: number }; answer: Sight };
  /** The server is about to be stopped. */
  stay: { ask: null; answer: null };
  /** All at once. @returns milliseconds until the last one follows again */
  comeBack: { ask: null; answer: number };
};
