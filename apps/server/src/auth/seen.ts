import type { Db } from '../database/client.ts';

/** "Last seen" is told to within this; so each session costs one small write in that time, however busy it is. */
const EVERY_MS = 300_000;

/** What was written down before this is to be written anew. */
export const dueBefore = (now: Date): Date => new Date(now.getTime() - EVERY_MS);

interface SeenSession {
  readonly id: string;
  readonly userId: string;
  readonly updatedAt: Date;
}

/** Writes down that these sessions are in use, and with them their users. */
export async function markSeen(db: Db, sessions: readonly SeenSession[], now: Date): Promise<void> {
  const due = sessions.filter(({ updatedAt }) => updatedAt <= dueBefore(now));
  if (due.length === 0) return;
  // Whoever holds one of these rows is about to write the same, or something newer: nobody waits for anybody.
  await db.$executeRaw`
    WITH used AS (
      SELECT id FROM session WHERE id = ANY(${due.map(({ id }) => id)}::text[]) FOR NO KEY UPDATE SKIP LOCKED
    ), users AS (
      SELECT id FROM "user" WHERE id = ANY(${due.map(({ userId }) => userId)}::text[]) FOR NO KEY UPDATE SKIP LOCKED
    ), marked AS (
      UPDATE session SET updated_at = ${now} FROM used WHERE session.id = used.id
    )
    UPDATE "user" SET last_seen_at = ${now} FROM users WHERE "user".id = users.id`;
}

interface SeenKey {
  readonly id: string;
  readonly lastRequest: Date | null;
}

/** Writes down that these API keys are in use. */
export async function markUsed(db: Db, keys: readonly SeenKey[], now: Date): Promise<void> {
  const due = keys.filter(({ lastRequest }) => lastRequest === null || lastRequest <= dueBefore(now));
  if (due.length === 0) return;
  await db.$executeRaw`
    WITH used AS (
      SELECT id FROM apikey WHERE id = ANY(${due.map(({ id }) => id)}::text[]) FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE apikey SET last_request = ${now} FROM used WHERE apikey.id = used.id`;
}
