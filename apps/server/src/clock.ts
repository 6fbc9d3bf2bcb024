/** Time and chance as arguments, so that a test can hold them still. */
export interface Clock {
  now(): Date;
  /** Calls back once; the returned function cancels. Never keeps the process alive by itself. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
