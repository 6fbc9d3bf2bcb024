import type { Clock } from '../clock.ts';
import type { Db } from '../database/client.ts';

/** How long a command's outcome is kept for its duplicates; clients resend nothing older by themselves. */
const KEEP_DAYS = 30;
const EVERY_MS = 3_600_000;

/** Forgets outcomes that are older than what is promised, now and every hour. @returns what stops it */
export function forgetOldCommands(db: Db, clock: Clock, failed: (error: unknown) => void): () => void {
  let cancel: () => void = () => {};
  const sweep = (): void => {
    const before = new Date(clock.now().getTime() - KEEP_DAYS * 86_400_000);
    db.command.deleteMany({ where: { at: { lt: before } } }).catch(failed);
    cancel = clock.after(EVERY_MS, sweep);
  };
  sweep();
  return () => cancel();
}
