import type { Request, Response } from 'express';

/** How long, and how much of it, the rest of a refused body is read. */
const LONGEST_MS = 60_000;
const MOST_BYTES = 1_000_000_000;
/** At the same time: whoever sends what nobody wants is not worth more. */
const MOST = 50;

/**
 * Reads on what is left of a body that was refused, without keeping it. A browser reads no answer before it has sent
 * everything, and closing a connection on which something still arrives resets it: the answer would be lost either way.
 */
export class Drain {
  #open = 0;

  /**
   * Call it before the answer is sent, and wait: a connection that goes on gets its answer at once, so that who reads
   * early can stop sending; one that is closed with its answer gets it once everything has arrived.
   */
  async rest(request: Request, response: Response): Promise<void> {
    if (request.complete || request.destroyed) return;
    if (this.#open >= MOST) {
      response.set('Connection', 'close');
      return;
    }
    const read = this.#read(request);
    if (!response.shouldKeepAlive) await read;
  }

  #read(request: Request): Promise<void> {
    this.#open += 1;
    return new Promise((resolve) => {
      let left = MOST_BYTES;
      const cutOff = (): void => void request.destroy();
      const timer = setTimeout(cutOff, LONGEST_MS);
      timer.unref();
      // After its end, too.
      request.once('close', () => {
        this.#open -= 1;
        clearTimeout(timer);
        resolve();
      });
      request.once('end', resolve);
      // A body parser has given up, and paused it.
      request.unpipe();
      request.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) cutOff();
      });
      request.on('error', () => {});
      request.resume();
    });
  }
}
