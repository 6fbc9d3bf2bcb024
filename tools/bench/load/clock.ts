/** Milliseconds of the machine's monotonic clock: the same for all processes, which `performance.now()` is not. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
