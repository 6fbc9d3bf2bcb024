import type { Db } from '../database/client.ts';

/** Of a user what says what they may do. */
export interface Holder {
  readonly userId: string;
  readonly name: string;
  readonly role: string | null;
  readonly banned: boolean | null;
}

export interface SessionRow extends Holder {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
  readonly updatedAt: Date;
}

export interface KeyRow extends Holder {
  readonly id: string;
  readonly hash: string;
  readonly permissions: string | null;
  readonly enabled: boolean | null;
  readonly expiresAt: Date | null;
  readonly lastRequest: Date | null;
}

const byKey = <R>(rows: readonly R[], key: (row: R) => string): Map<string, R> =>
  new Map(rows.map((row) => [key(row), row]));

/** Sessions by their tokens, with their users: one statement for however many. */
export async function sessionsByToken(db: Db, tokens: string[]): Promise<Map<string, SessionRow>> {
  const rows = await db.$queryRaw<SessionRow[]>`
    SELECT s.id, s.token, s.expires_at AS "expiresAt", s.updated_at AS "updatedAt",
           u.id AS "userId", u.name, u.role, u.banned
    FROM session s JOIN "user" u ON u.id = s.user_id WHERE s.token = ANY(${tokens}::text[])`;
  return byKey(rows, ({ token }) => token);
}

/** API keys by the hashes that are stored of them, with their owners. */
export async function keysByHash(db: Db, hashes: string[]): Promise<Map<string, KeyRow>> {
  const rows = await db.$queryRaw<KeyRow[]>`
    SELECT k.id, k.key AS hash, k.permissions, k.enabled, k.expires_at AS "expiresAt",
           k.last_request AS "lastRequest", u.id AS "userId", u.name, u.role, u.banned
    FROM apikey k JOIN "user" u ON u.id = k.reference_id WHERE k.key = ANY(${hashes}::text[])`;
  return byKey(rows, ({ hash }) => hash);
}

/** API keys by their ids. */
export async function keysById(db: Db, ids: string[]): Promise<Map<string, KeyRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<KeyRow[]>`
    SELECT k.id, k.key AS hash, k.permissions, k.enabled, k.expires_at AS "expiresAt",
           k.last_request AS "lastRequest", u.id AS "userId", u.name, u.role, u.banned
    FROM apikey k JOIN "user" u ON u.id = k.reference_id WHERE k.id = ANY(${ids}::text[])`;
  return byKey(rows, ({ id }) => id);
}

/**
 * Of these sessions, each with the role that it is known by, those about which there is something to say: null for one
 * that is gone, else the row of one that has expired, is another's to judge by now, or was last written before `due`.
 * Thousands are looked at every second, and there is nothing to say about most.
 */
export async function sessionsToLookAt(
  db: Db,
  known: readonly { readonly id: string; readonly role: string }[],
  { now, due }: { now: Date; due: Date },
): Promise<Map<string, SessionRow | null>> {
  if (known.length === 0) return new Map();
  const rows = await db.$queryRaw<({ known: string } & { [F in keyof SessionRow]: SessionRow[F] | null })[]>`
    SELECT k.id AS known, s.id, s.token, s.expires_at AS "expiresAt", s.updated_at AS "updatedAt",
           u.id AS "userId", u.name, u.role, u.banned
    FROM (SELECT DISTINCT * FROM unnest(${known.map(({ id }) => id)}::text[], ${known.map(({ role }) => role)}::text[])) AS k (id, role)
    LEFT JOIN session s ON s.id = k.id LEFT JOIN "user" u ON u.id = s.user_id
    WHERE s.id IS NULL OR s.expires_at <= ${now} OR s.updated_at <= ${due} OR u.banned OR u.role IS DISTINCT FROM k.role`;
  return new Map(rows.map(({ known: id, ...row }) => [id, isThere(row) ? row : null]));
}

const isThere = (row: { [F in keyof SessionRow]: SessionRow[F] | null }): row is SessionRow =>
  row.id !== null;
