import type { TopicName } from '@almenara/events';
import type { Db, Tx } from '../../database/client.ts';
import { isContention } from '../../database/sql-error.ts';
import { notFound, Refused } from '../../errors.ts';
import { type Fence, jsonOf, NOT_BEGUN, ORIGIN, type Progress } from './cursor.ts';
import { type FollowedEvent, type Follower, handlingId } from './follower.ts';
import { type FencedBus, FenceMoved, handleEvent } from './handling.ts';

/** Which event it is, and whose. */
export interface ParkedPlace {
  readonly follower: string;
  readonly topic: TopicName;
  readonly seq: number;
}

/** An event that a follower could not handle, and went on without. */
export interface ParkedEvent extends ParkedPlace {
  readonly eventId: string;
  readonly attempts: number;
  /** What the last attempt failed with. */
  readonly error: string;
  readonly at: Date;
}

/** Of an error's text what is kept (characters). */
const ERROR_CHARS = 2000;
const textOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    // PostgreSQL takes no NUL.
    .replaceAll('\0', '')
    .slice(0, ERROR_CHARS);

/** Puts an event aside and goes on after it, in one transaction. */
export function park(
  bus: FencedBus,
  follower: Follower,
  event: FollowedEvent,
  fence: Fence,
  failed: { progress: Progress; attempts: number; error: unknown },
): Promise<void> {
  const { progress, attempts, error } = failed;
  const { id, topic, seq } = event;
  const work = { name: `park ${follower.name}`, commandId: handlingId(`park ${follower.name}`, id, 0) };
  return bus.runFenced(work, async ({ db, now }) => {
    if (!(await fence.hold(db, progress))) throw new FenceMoved();
    await db.$executeRaw`
      INSERT INTO parked_event (follower, topic, seq, event_id, part, parts, attempts, error, at)
      VALUES (${follower.name}, ${topic}, ${seq}, ${id}::uuid, ${progress.part}, ${jsonOf(progress.parts)},
        ${attempts}, ${textOf(error)}, ${now})
      ON CONFLICT (follower, topic, seq) DO UPDATE SET event_id = excluded.event_id, part = excluded.part,
        parts = excluded.parts, attempts = excluded.attempts, error = excluded.error, at = excluded.at`;
    await fence.move(db, null);
  });
}

/** The oldest first. */
export const readParked = (db: Db, limit: number): Promise<ParkedEvent[]> =>
  db.$queryRaw`
    SELECT follower, topic, seq::float8 AS seq, event_id AS "eventId", attempts, error, at
    FROM parked_event ORDER BY at, follower, topic, seq LIMIT ${limit}`;

/**
 * Handles a parked event again, from where it had come: after others of its topic, which its follower allows for.
 * Throws `not_found` where it is not parked, or its event is gone, and what it failed with.
 */
export async function runParked(
  db: Db,
  bus: FencedBus,
  follower: Follower,
  { topic, seq }: ParkedPlace,
): Promise<void> {
  const [row] = await db.$queryRaw<(FollowedEvent & { part: number; parts: unknown[] | null })[]>`
    SELECT p.part, p.parts, e.topic, e.seq::float8 AS seq, e.id, e.type, e.data, e.at, e.user_id AS "userId",
      ${ORIGIN} AS origin
    FROM parked_event p JOIN event e ON e.topic = p.topic AND e.seq = p.seq AND e.id = p.event_id
    WHERE p.follower = ${follower.name} AND p.topic = ${topic} AND p.seq = ${seq}`;
  if (!row) throw notFound('parked event', `${topic} ${seq}`);
  const { part, parts, ...event } = row;
  const fence = parkedFence(follower.name, event);
  try {
    await handleEvent(bus, follower, event, fence, {
      progress: parts === null ? NOT_BEGUN : { part, parts },
      reached: () => {},
      goesOn: () => true,
    });
  } catch (error) {
    if (error instanceof FenceMoved) throw new Refused('conflict', 'Somebody else is handling it.');
    // It was not tried.
    if (error instanceof Refused || isContention(error)) throw error;
    await db.$executeRaw`
      UPDATE parked_event SET attempts = attempts + 1, error = ${textOf(error)}
      WHERE follower = ${follower.name} AND topic = ${topic} AND seq = ${seq}`;
    throw error;
  }
}

/** Lets go of a parked event for good. @returns whether it was there */
export async function discardParked(db: Db, { follower, topic, seq }: ParkedPlace): Promise<boolean> {
  const gone = await db.$executeRaw`
    DELETE FROM parked_event WHERE follower = ${follower} AND topic = ${topic} AND seq = ${seq}`;
  return gone > 0;
}

function parkedFence(follower: string, { topic, seq }: FollowedEvent): Fence {
  return {
    hold: async (tx: Tx, { part, parts }) => {
      const held = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM parked_event
        WHERE follower = ${follower} AND topic = ${topic} AND seq = ${seq} AND part = ${part}
          AND (parts IS NOT NULL) = ${parts !== null}
        FOR NO KEY UPDATE`;
      return held.length > 0;
    },
    move: async (tx: Tx, progress) => {
      if (progress === null)
        await tx.$executeRaw`
          DELETE FROM parked_event WHERE follower = ${follower} AND topic = ${topic} AND seq = ${seq}`;
      else
        await tx.$executeRaw`
          UPDATE parked_event SET part = ${progress.part}, parts = ${jsonOf(progress.parts)}
          WHERE follower = ${follower} AND topic = ${topic} AND seq = ${seq}`;
    },
  };
}
