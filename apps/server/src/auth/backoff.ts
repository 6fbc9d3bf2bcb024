import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface BackoffSettings {
  /** Tries in a row that need not wait. */
  readonly free: number;
  /** Seconds to wait after the first that must; each further one doubles it. */
  readonly first: number;
  /** The longest wait, in seconds. */
  readonly longest: number;
  /** Seconds after which all is forgotten. */
  readonly memory: number;
}

/**
 * Tries that failed, by key, and how long the next one has to wait for it. A try counts before its outcome is known, so
 * that of many at once only as many get through; one that is turned away does not, so that hammering lengthens nothing.
 */
export class Backoff {
  private readonly settings: BackoffSettings;
  private readonly tries: RateLimiterMemory;
  /** One try at a time past the free ones: held for as long as the next has to wait. */
  private readonly gates: RateLimiterMemory;

  constructor(settings: BackoffSettings) {
    this.settings = settings;
    this.tries = new RateLimiterMemory({ points: settings.free, duration: settings.memory });
    this.gates = new RateLimiterMemory({ points: 1, duration: settings.longest });
  }

  /** Throws the limiter's verdict (`RateLimiterRes`) where this try has to wait. */
  async begin(key: string): Promise<void> {
    const { free, first, longest } = this.settings;
    const { consumedPoints } = await this.tries.penalty(key);
    const late = consumedPoints - free;
    if (late <= 0) return;
    const customDuration = Math.min(longest, first * 2 ** Math.min(late - 1, 20));
    try {
      await this.gates.consume(key, 1, { customDuration });
    } catch (verdict) {
      if (verdict instanceof RateLimiterRes) await this.tries.reward(key);
      throw verdict;
    }
  }

  /** Whether the next try is one that may have to wait. */
  async isStrained(key: string): Promise<boolean> {
    const state = await this.tries.get(key);
    return state !== null && state.consumedPoints >= this.settings.free;
  }

  /** One that began was no failure. */
  async forgive(key: string): Promise<void> {
    await this.tries.reward(key);
  }

  /** Whoever this is has shown who they are. */
  async forget(key: string): Promise<void> {
    await Promise.all([this.tries.delete(key), this.gates.delete(key)]);
  }
}
