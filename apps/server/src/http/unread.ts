import type { Request, Response } from 'express';
import { Refused } from '../errors.ts';
import type { Making, Shares } from '../flow/shares.ts';

/** What a file that is streamed may hold on its way: its length is not known, and it goes as fast as it is read. */
const STREAM_BYTES = 1_000_000;

const asked = new WeakSet<Request>();

/**
 * Waits until this user may have one more answer made; it counts as unread until the response is over. Throws
 * `rate_limited` where too many wait.
 */
export async function takeShare(shares: Shares, request: Request, userId: string): Promise<void> {
  const { res: response } = request;
  if (!response || asked.has(request)) return;
  asked.add(request);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const making = await shares.begin(userId, reads ? 'read' : 'command');
  if (response.closed || response.destroyed) {
    making.dropped();
    throw new Refused('unavailable', 'The connection was closed before the answer was made.');
  }
  count(response, making);
}

/** An answer is made when it begins: whole, or as the first part of a stream. */
function count(response: Response, making: Making): void {
  let read: (() => void) | null = null;
  const made = (bytes: number): void => {
    read ??= making.made(bytes);
  };
  response.write = new Proxy(response.write, {
    apply: (write, self, args) => {
      made(STREAM_BYTES);
      return Reflect.apply(write, self, args);
    },
  });
  response.end = new Proxy(response.end, {
    apply: (end, self, args: unknown[]) => {
      made(sizeOf(args[0]));
      return Reflect.apply(end, self, args);
    },
  });
  response.once('close', () => {
    making.dropped();
    read?.();
  });
}

const sizeOf = (chunk: unknown): number =>
  typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk.length : 0;
