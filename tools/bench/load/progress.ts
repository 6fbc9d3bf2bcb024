/** For whoever waits in front of it: minutes pass between figures. */
export function tell(what: string): void {
  if (process.stderr.isTTY || process.env.BENCH_PROGRESS !== undefined) process.stderr.write(`  … ${what}\n`);
}
