import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refused } from './errors.ts';

const WINDOW_S = 10;
/** Orders that a user may be seen to look at in ten seconds: everybody connected is told of each. */
const SIGNALS = 50;

/** How much one user may ask for, over all connections and doors. Every method throws `rate_limited`. */
export class UserLimits {
  private readonly commands: RateLimiterMemory;
  private readonly packets: RateLimiterMemory;
  private readonly signals = new RateLimiterMemory({ points: SIGNALS, duration: WINDOW_S });

  constructor(limits: { commands: number; packets: number }) {
    this.commands = new RateLimiterMemory({ points: limits.commands, duration: WINDOW_S });
    this.packets = new RateLimiterMemory({ points: limits.packets, duration: WINDOW_S });
  }

  command = (userId: string): Promise<void> => consume(this.commands, userId);
  /** Everything that reads; `cost` is how many topics it reads. */
  packet = (userId: string, cost = 1): Promise<void> => consume(this.packets, userId, cost);
  signal = (userId: string): Promise<void> => consume(this.signals, userId);
}

async function consume(limiter: RateLimiterMemory, key: string, points = 1): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (verdict) {
    if (!(verdict instanceof RateLimiterRes)) throw verdict;
    throw new Refused('rate_limited', 'Too many requests in a short time. Wait a moment.', {
      retryAfterMs: Math.max(1, Math.ceil(verdict.msBeforeNext)),
    });
  }
}
