import type { Request, Response } from 'express';

/** How long, and how much of it, the rest of a refused body is read. */
const LONGEST_MS = 60_000;
const MOST_BYTES = 1_000_000_000;
/** At the same time: whoever sends what nobody wants is not worth more. */
const MOST = 50;

/**
 * Reads on what is left of a body that was refused, without keeping it. A browser reads no answer before it has sent
 * everything, and a connection that is closed while something still arrives is reset: the answer would be lost.
 */
export class Drain {
  #open = 0;

  /** To be waited for before the answer is sent. What never ends gets its answer, and its connection is closed. */
  async rest(request: Request, response: Response): Promise<void> {
    if (request.complete || request.destroyed) return;
    const whole = this.#open < MOST && (await this.#read(request));
    if (!whole) response.set('Connection', 'close');
  }

  /** @returns whether everything has arrived */
  async #read(request: Request): Promise<boolean> {
    this.#open += 1;
    let left = MOST_BYTES;
    let timer: NodeJS.Timeout | null = null;
    try {
      return await new Promise((resolve) => {
        timer = setTimeout(() => resolve(false), LONGEST_MS);
        timer.unref();
        request.once('end', () => resolve(true));
        request.once('close', () => resolve(request.complete));
        request.on('error', () => resolve(false));
        // A body parser that has given up has paused it.
        request.unpipe();
        request.on('data', (chunk: Buffer) => {
          left -= chunk.length;
          if (left < 0) resolve(false);
        });
        request.resume();
      });
    } finally {
      if (timer) clearTimeout(timer);
      this.#open -= 1;
    }
  }
}
