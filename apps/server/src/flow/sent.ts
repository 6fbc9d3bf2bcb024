import type { Socket } from 'node:net';

/**
 * Bytes that the kernel has taken so far: it takes as many as the other side reads. Node counts what it has handed over,
 * and libuv what of that is still waiting; neither has a public word, and a write of megabytes is else done or not.
 */
export function bytesSent(socket: Socket): number {
  const handed: unknown = Reflect.get(socket, '_bytesDispatched');
  const handle: unknown = Reflect.get(socket, '_handle');
  const waiting: unknown =
    typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'writeQueueSize') : 0;
  return (typeof handed === 'number' ? handed : 0) - (typeof waiting === 'number' ? waiting : 0);
}

/** A reader that takes less than this in `STALL_MS` while more waits has stalled. */
export const STALL_BYTES = 64_000;
export const STALL_MS = 10_000;
