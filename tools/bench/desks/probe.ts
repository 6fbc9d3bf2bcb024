import { fileURLToPath } from 'node:url';

/** What `probe.mjs` answers, in a server that was started with `PROBED`. */
export type ProbeQuestions = {
  usage: { ask: { collect: boolean }; answer: Usage };
};

export interface Usage {
  /** Of all its threads since it began. */
  readonly cpuMs: number;
  /** Bytes, as the system counts them, and as the heap and what hangs on it. */
  readonly rss: number;
  readonly heap: number;
}

export const PROBED = [
  '--expose-gc',
  '--import',
  fileURLToPath(new URL('./probe.mjs', import.meta.url)),
] as const;
