import { type Envelope, type EventData, type EventType, events, type TopicName } from '@almenara/events';
import type { Prisma, Tx } from '../database/client.ts';

/** An event that a command has recorded and that has no place in its topic yet. */
export interface Recorded<T extends EventType = EventType> {
  readonly id: string;
  readonly topic: TopicName;
  readonly type: T;
  readonly data: EventData<T>;
}

export interface Origin {
  readonly userId: string | null;
  readonly commandId: string | null;
  readonly at: Date;
}

/** Checks an event against the contract before it may enter the log: what the log holds, every fold can trust. */
export function checkEvent<T extends EventType>(event: Recorded<T>): Recorded<T> {
  events[event.type].data.parse(event.data);
  return event;
}

/**
 * Gives the events their places and stores them, together with `finish`, a statement that may name the new heads
 * as `heads(name, head)`. It must be the last thing before COMMIT: the sorted upsert locks every topic it touches
 * until then, so that sequence order is commit order and two commands never wait for each other in a ring [L1].
 *
 * @returns the envelopes in the order they were recorded
 */
export async function append(
  tx: Tx,
  recorded: readonly Recorded[],
  origin: Origin,
  finish: Prisma.Sql,
): Promise<Envelope[]> {
  const counts = new Map<string, number>();
  const ranks = recorded.map(({ topic }) => {
    const rank = (counts.get(topic) ?? 0) + 1;
    counts.set(topic, rank);
    return rank;
  });
  const at = origin.at.toISOString();

  const heads = await tx.$queryRaw<{ name: string; head: number }[]>`
    WITH counts AS (
      SELECT name, n FROM unnest(${[...counts.keys()]}::text[], ${[...counts.values()]}::bigint[]) AS c (name, n)
    ), heads AS (
      INSERT INTO topic (name, head) SELECT name, n FROM counts ORDER BY name
      ON CONFLICT (name) DO UPDATE SET head = topic.head + excluded.head
      RETURNING name, head
    ), appended AS (
      INSERT INTO event (topic, seq, id, type, data, at, user_id, command_id)
      SELECT r.topic, heads.head - counts.n + r.rank, r.id, r.type, r.data::jsonb,
             ${at}::timestamptz, ${origin.userId}, ${origin.commandId}::uuid
      FROM unnest(
        ${recorded.map((event) => event.topic)}::text[],
        ${ranks}::bigint[],
        ${recorded.map((event) => event.id)}::uuid[],
        ${recorded.map((event) => event.type)}::text[],
        ${recorded.map((event) => JSON.stringify(event.data))}::text[]
      ) AS r (topic, rank, id, type, data)
      JOIN heads ON heads.name = r.topic
      JOIN counts ON counts.name = r.topic
    ), finished AS (${finish})
    SELECT name, head::float8 AS head FROM heads`;

  const headOf = new Map(heads.map(({ name, head }) => [name, head]));
  return recorded.map((event, i) => {
    const seq = (headOf.get(event.topic) ?? 0) - (counts.get(event.topic) ?? 0) + (ranks[i] ?? 0);
    return toEnvelope({ ...event, seq, timestamp: at, userId: origin.userId, commandId: origin.commandId });
  });
}

/**
 * The type system cannot see that `type` and `data` of a row belong together; `checkEvent` did, before the row
 * was written.
 */
export const toEnvelope = (
  row: Omit<Envelope, 'type' | 'data'> & { type: string; data: unknown },
): Envelope => row as Envelope;
