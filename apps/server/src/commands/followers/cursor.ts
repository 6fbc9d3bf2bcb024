import type { TopicName } from '@almenara/events';
import { type Db, Prisma, type Tx } from '../../database/client.ts';
import type { FollowedEvent, Follower } from './follower.ts';

/** How far the handling of one event is: not begun, or the first `part` of its parts are done. */
export type Progress =
  | { readonly part: 0; readonly parts: null }
  | { readonly part: number; readonly parts: readonly unknown[] };

export const NOT_BEGUN: Progress = { part: 0, parts: null };

/**
 * The row that says how far an event is: whoever handles it holds the row, finds it as it was and moves it on, in the
 * transaction that does the handling. So whatever two nodes believe, one of them handles it.
 */
export interface Fence {
  /** Locks the row. @returns whether it still stands at `progress` of this event */
  hold(tx: Tx, progress: Progress): Promise<boolean>;
  /** @param progress null where the event is done */
  move(tx: Tx, progress: Progress | null): Promise<void>;
}

/** Up to where a follower has come in a topic. */
export interface Position {
  readonly seq: number;
  readonly progress: Progress;
}

/** What comes next in a topic for a follower. */
interface Next {
  readonly position: Position;
  /** The events after it, at most `LIMIT`. */
  readonly events: readonly (FollowedEvent | Foreign)[];
}

/** An event of a type, or by somebody, that a follower is not told of: only that it is there. */
interface Foreign {
  readonly seq: number;
  readonly data: null;
}

/** A node of an older version that still runs beside this one does not say whose doing an event is. */
export const ORIGIN = Prisma.sql`coalesce(origin, CASE WHEN user_id IS NULL THEN 'system' ELSE 'user' END)`;

/** Events that are read in one go. */
export const LIMIT = 128;

interface Row {
  readonly position: number;
  readonly part: number;
  readonly parts: unknown[] | null;
  readonly seq: number | null;
}

export async function readNext(db: Db, follower: Follower, topic: TopicName): Promise<Next> {
  const { name, types, origins = ['user', 'system'] } = follower;
  const rows = await db.$queryRaw<Row[]>`
    WITH cursor AS (
      SELECT coalesce(max(seq), 0) AS seq, coalesce(max(part), 0) AS part FROM follower_cursor
      WHERE name = ${name} AND topic = ${topic}
    )
    SELECT cursor.seq::float8 AS position, cursor.part,
      -- Once is enough.
      CASE WHEN row_number() OVER (ORDER BY e.seq) = 1
        THEN (SELECT parts FROM follower_cursor WHERE name = ${name} AND topic = ${topic}) END AS parts,
      e.seq::float8 AS seq, e.id, e.type, e.at, e.user_id AS "userId", e.origin,
      CASE WHEN e.type = ANY(${[...types]}::text[]) AND e.origin = ANY(${[...origins]}::text[]) THEN e.data END AS data
    FROM cursor LEFT JOIN LATERAL (
      SELECT event.seq, id, type, data, at, user_id, ${ORIGIN} AS origin
      FROM event WHERE topic = ${topic} AND event.seq > cursor.seq ORDER BY event.seq LIMIT ${LIMIT}
    ) e ON true
    ORDER BY e.seq`;
  const { position = 0, part = 0, parts = null } = rows[0] ?? {};
  return {
    position: { seq: position, progress: parts === null ? NOT_BEGUN : { part, parts } },
    // The log holds of each type only data of that type (`checkEvent`).
    events: rows.flatMap((row) => (row.seq === null ? [] : [{ ...row, topic } as unknown as FollowedEvent])),
  };
}

/** A follower's place in a topic, for the event that comes next. @param from where its cursor stands before it */
export function cursorFence(follower: string, event: FollowedEvent, from: number): Fence {
  const { topic, seq } = event;
  return {
    hold: async (tx, { part, parts }) => {
      // Of a topic that began later than the follower there is none yet.
      if (from === 0)
        await tx.$executeRaw`
          INSERT INTO follower_cursor (name, topic, seq) VALUES (${follower}, ${topic}, 0) ON CONFLICT DO NOTHING`;
      const held = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM follower_cursor
        WHERE name = ${follower} AND topic = ${topic} AND seq = ${parts === null ? from : seq - 1} AND part = ${part}
          AND (parts IS NOT NULL) = ${parts !== null}
        FOR NO KEY UPDATE`;
      return held.length > 0;
    },
    move: async (tx, progress) => {
      // Parts stay as the first transaction left them.
      if (progress !== null && progress.part > 0) {
        await tx.$executeRaw`
          UPDATE follower_cursor SET part = ${progress.part} WHERE name = ${follower} AND topic = ${topic}`;
        return;
      }
      const at = progress?.parts ? { seq: seq - 1, ...progress } : { seq, ...NOT_BEGUN };
      await tx.$executeRaw`
        UPDATE follower_cursor SET seq = ${at.seq}, part = ${at.part}, parts = ${jsonOf(at.parts)}
        WHERE name = ${follower} AND topic = ${topic}`;
    },
  };
}

/** Goes past events that do not concern it. */
export async function passBy(
  db: Db,
  follower: string,
  topic: TopicName,
  { from, to }: { from: Position; to: number },
): Promise<void> {
  const { seq, progress } = from;
  if (seq === 0)
    await db.$executeRaw`
      INSERT INTO follower_cursor (name, topic, seq) VALUES (${follower}, ${topic}, 0) ON CONFLICT DO NOTHING`;
  await db.$executeRaw`
    UPDATE follower_cursor SET seq = ${to}, part = 0, parts = NULL
    WHERE name = ${follower} AND topic = ${topic} AND seq = ${seq} AND part = ${progress.part}
      AND (parts IS NOT NULL) = ${progress.parts !== null}`;
}

/** The topics in which some of these followers are behind. */
export async function readBehind(
  db: Db,
  followers: readonly Follower[],
): Promise<{ follower: string; topic: TopicName }[]> {
  const pairs = followers.flatMap(({ name, topics }) => topics.map((key) => ({ name, key })));
  return db.$queryRaw`
    SELECT f.name AS follower, t.name AS topic
    FROM topic t
    JOIN unnest(${pairs.map(({ name }) => name)}::text[], ${pairs.map(({ key }) => key)}::text[]) AS f (name, key)
      ON f.key = split_part(t.name, ':', 1)
    LEFT JOIN follower_cursor c ON c.name = f.name AND c.topic = t.name
    WHERE t.head > coalesce(c.seq, 0)
    ORDER BY t.name`;
}

export const jsonOf = (parts: readonly unknown[] | null): Prisma.Sql =>
  parts === null ? Prisma.sql`NULL` : Prisma.sql`${JSON.stringify(parts)}::jsonb`;
