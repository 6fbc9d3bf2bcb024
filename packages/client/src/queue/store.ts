import { byPlace, type QueuedCommand } from './entry.ts';

export interface QueueChange {
  /** Added, or put in the place of the one with its id. */
  readonly put?: readonly QueuedCommand[];
  readonly remove?: readonly string[];
}

/** Where one user's queue is kept. Every tab of the browser may change it. */
export interface QueueStore {
  /** By place. */
  all(): Promise<readonly QueuedCommand[]>;
  /** Reads all, decides and writes, with nobody in between. Rejects, changing nothing, where it cannot be written. */
  change(decide: (all: readonly QueuedCommand[]) => QueueChange): Promise<readonly QueuedCommand[]>;
}

export function changed(
  all: readonly QueuedCommand[],
  { put = [], remove = [] }: QueueChange,
): QueuedCommand[] {
  const gone = new Set([...remove, ...put.map(({ commandId }) => commandId)]);
  return [...all.filter(({ commandId }) => !gone.has(commandId)), ...put].sort(byPlace);
}

/** For browsers that keep nothing; it ends with the page. */
export function memoryStore(): QueueStore {
  let kept: readonly QueuedCommand[] = [];
  return {
    all: async () => kept,
    change: async (decide) => {
      kept = changed(kept, decide(kept));
      return kept;
    },
  };
}
