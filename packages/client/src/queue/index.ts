export { CommandQueue, type Taken } from './command-queue.ts';
export { type QueuedCommand, SEND_WITHIN_MS } from './entry.ts';
export { buildingOn } from './holds.ts';
export { subjectOf } from './rebase.ts';
export { changed, memoryStore, type QueueChange, type QueueStore } from './store.ts';
