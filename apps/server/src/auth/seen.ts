import type { Db } from '../database/client.ts';

/** "Last seen" is told to within this; so each session costs one small write in that time, however busy it is. */
const EVERY_MS = 300_000;

interface SeenSession {
  readonly id: string;
  readonly userId: string;
  readonly updatedAt: Date;
}

/** Writes down that these sessions are in use, and with them their users. */
export async function markSeen(db: Db, sessions: readonly SeenSession[], now: Date): Promise<void> {
  const due = sessions.filter(({ updatedAt }) => now.getTime() - updatedAt.getTime() >= EVERY_MS);
  if (due.length === 0) return;
  await Promise.all([
    db.session.updateMany({ where: { id: { in: due.map(({ id }) => id) } }, data: { updatedAt: now } }),
    db.user.updateMany({
      where: { id: { in: due.map(({ userId }) => userId) } },
      data: { lastSeenAt: now },
    }),
  ]);
}
