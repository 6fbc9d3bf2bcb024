import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refused } from '../errors.ts';

const WINDOW_S = 10;

/** How many packets a user may send in ten seconds, over all connections. */
export class PacketLimits {
  private readonly commands: RateLimiterMemory;
  private readonly packets: RateLimiterMemory;

  constructor(limits: { commands: number; packets: number }) {
    this.commands = new RateLimiterMemory({ points: limits.commands, duration: WINDOW_S });
    this.packets = new RateLimiterMemory({ points: limits.packets, duration: WINDOW_S });
  }

  command = (userId: string): Promise<void> => consume(this.commands, userId);
  packet = (userId: string): Promise<void> => consume(this.packets, userId);
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (verdict) {
    if (!(verdict instanceof RateLimiterRes)) throw verdict;
    throw new Refused('rate_limited', 'Too many requests in a short time.', {
      retryAfterMs: Math.max(1, Math.ceil(verdict.msBeforeNext)),
    });
  }
}
