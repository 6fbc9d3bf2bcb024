const BEFORE_MS = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Milliseconds of the machine's monotonic clock: the same for all processes. */
export const now = (): number => BEFORE_MS + performance.now();
