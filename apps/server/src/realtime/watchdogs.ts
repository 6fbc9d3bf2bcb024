import type { Clock } from '../clock.ts';

/** What is looked at again and again while the server runs: the next time begins when the last one has ended. */
export class Watchdogs {
  private readonly clock: Clock;
  private readonly failed: (error: unknown) => void;
  private readonly cancels = new Set<() => void>();
  private stopped = false;

  constructor(clock: Clock, failed: (error: unknown) => void) {
    this.clock = clock;
    this.failed = failed;
  }

  every(ms: number, look: () => void | Promise<void>): void {
    const cancel = this.clock.after(ms, () => {
      this.cancels.delete(cancel);
      Promise.resolve()
        .then(look)
        .catch(this.failed)
        .finally(() => {
          if (!this.stopped) this.every(ms, look);
        });
    });
    this.cancels.add(cancel);
  }

  stop(): void {
    this.stopped = true;
    for (const cancel of this.cancels) cancel();
  }
}
