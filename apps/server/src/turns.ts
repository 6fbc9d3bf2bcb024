import { Refused } from './errors.ts';

export interface TurnLimits {
  /** Works under way at the same time, in all and for one key. */
  readonly atOnce: number;
  readonly perKey: number;
  /** Works of one key that may wait; one more is refused `rate_limited`. */
  readonly waiting: number;
}

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Few places for costly work, given round by key (a user, an address): who asks for a hundred things at once waits for
 * a hundred turns, and the next one to come waits for none of them.
 */
export class Turns {
  /** In the order in which their next turn comes. */
  private readonly lines = new Map<string, Line>();
  private readonly limits: TurnLimits;
  private running = 0;

  constructor(limits: TurnLimits) {
    this.limits = limits;
  }

  /** Throws `rate_limited` where too much of this key waits already. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? { running: 0, waiting: [] };
    this.lines.set(key, line);
    if (this.running < this.limits.atOnce && line.running < this.limits.perKey) this.begin(line);
    else await this.wait(line);
    try {
      return await work();
    } finally {
      this.running -= 1;
      line.running -= 1;
      if (line.running === 0 && line.waiting.length === 0) this.lines.delete(key);
      this.next();
    }
  }

  private begin(line: Line): void {
    this.running += 1;
    line.running += 1;
  }

  private async wait(line: Line): Promise<void> {
    if (line.waiting.length >= this.limits.waiting) {
      throw new Refused('rate_limited', 'Too much of this is waiting already. Ask again in a moment.', {
        retryAfterMs: 1000,
      });
    }
    await new Promise<void>((resolve) => line.waiting.push(resolve));
  }

  private next(): void {
    for (const [key, line] of this.lines) {
      if (this.running >= this.limits.atOnce) return;
      if (line.running >= this.limits.perKey) continue;
      const resolve = line.waiting.shift();
      if (!resolve) continue;
      // To the end of the round.
      this.lines.delete(key);
      this.lines.set(key, line);
      this.begin(line);
      resolve();
    }
  }
}
