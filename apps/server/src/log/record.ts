import { type Envelope, type EventData, type EventType, events, type TopicName } from '@almenara/events';
import { type Bound, columns, type Sql } from '../database/sql.ts';

/** An event that a command has recorded and that has no place in its topic yet. */
export interface Recorded<T extends EventType = EventType> {
  readonly id: string;
  readonly topic: TopicName;
  readonly type: T;
  readonly data: EventData<T>;
}

/** What the contract says of an event is all that enters the log: what it holds, every fold can trust. */
export function checkEvent<T extends EventType>(event: Recorded<T>): Recorded<T> {
  // The schema of the same type: what it lets through is that type's data.
  return { ...event, data: events[event.type].data.parse(event.data) as EventData<T> };
}

/** Whose doing something is: a user's, the system's own, or that of an import, which brings what has happened elsewhere. */
export type Origin = 'user' | 'system' | 'import';

/** A command that comes to its end, with what it recorded. */
export interface Finished {
  /** As the claim has it. */
  readonly owner: string;
  readonly commandId: string;
  /** Whose the events are; null for the system's. */
  readonly userId: string | null;
  readonly origin: Origin;
  readonly at: Date;
  readonly recorded: readonly Recorded[];
  /** Its outcome, but for where its events stand: `at` is added to it where it is a success. */
  readonly outcome: { readonly ok: boolean; readonly data?: unknown; readonly error?: unknown };
}

/**
 * One sorted upsert takes all places and locks every topic that is touched until COMMIT, so that sequence order is commit
 * order and two transactions never wait for each other in a ring [L1]. A command's `at` is where its own last event
 * stands in each topic.
 */
const APPEND = {
  name: 'append',
  text: `
    WITH heads AS (
      INSERT INTO topic (name, head)
      SELECT name, n FROM unnest($1::text[], $2::bigint[]) AS c (name, n) ORDER BY name
      ON CONFLICT (name) DO UPDATE SET head = topic.head + excluded.head
      RETURNING name, head
    ), base AS (
      SELECT array_agg(heads.head - c.n ORDER BY c.topic) AS of
      FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS c (name, n, topic) JOIN heads ON heads.name = c.name
    ), appended AS (
      INSERT INTO event (topic, seq, id, type, data, at, user_id, command_id, origin)
      SELECT ($1::text[])[r.topic], base.of[r.topic] + r.rank, r.id, r.type, r.data::jsonb, r.at, r.user_id, r.command_id,
        r.origin
      FROM unnest(
        $3::int[], $4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::uuid[], $11::text[])
        AS r (topic, rank, id, type, data, at, user_id, command_id, origin), base
    ), finished AS (
      UPDATE command SET outcome = (CASE WHEN f.ok
        THEN left(f.outcome, -1) || ',"at":{' || coalesce((
          SELECT string_agg(
            to_json(($1::text[])[($12::int[])[place]])::text || ':' || base.of[($12::int[])[place]] + ($13::bigint[])[place], ',')
          FROM generate_series(f.first, f.last) AS place), '') || '}}'
        ELSE f.outcome END)::jsonb
      FROM unnest($14::text[], $15::uuid[], $16::bool[], $17::text[], $18::int[], $19::int[])
        AS f (owner, command_id, ok, outcome, first, last), base
      WHERE command.user_id = f.owner AND command.command_id = f.command_id
    )
    SELECT of::float8[] AS bases FROM base`,
};

/** An event on its way to its place: the `rank`-th of its topic in this transaction. */
interface Ranked {
  readonly event: Recorded;
  readonly rank: number;
  readonly of: Finished;
}

/** The statement that gives events their places, and the envelopes, once it has been answered. */
export interface Appending {
  readonly bound: Bound;
  /** By command, in the order in which they were recorded. */
  envelopes(answer: readonly Bases[]): Envelope[][];
}

/** How many events each topic had before those of this transaction, in the order of the question; one row. */
export interface Bases {
  readonly bases: readonly number[] | null;
}

/** Stores the events with the outcomes of their commands. It must be the last statement before COMMIT. */
export function appending(commands: readonly Finished[]): Appending {
  const topics = new Map<TopicName, { readonly nth: number; count: number }>();
  const last: { topic: number; rank: number }[] = [];
  const placesOf: { first: number; last: number }[] = [];
  const nthOf = (topic: TopicName): number => topics.get(topic)?.nth ?? 0;
  const ranked = commands.map((of) => {
    const own = new Map<TopicName, number>();
    const events = of.recorded.map((event): Ranked => {
      const topic = topics.get(event.topic) ?? { nth: topics.size + 1, count: 0 };
      topics.set(event.topic, topic);
      topic.count += 1;
      own.set(event.topic, topic.count);
      return { event, rank: topic.count, of };
    });
    placesOf.push({ first: last.length + 1, last: last.length + own.size });
    for (const [topic, rank] of own) last.push({ topic: nthOf(topic), rank });
    return events;
  });
  const values = [
    [...topics.keys()],
    [...topics.values()].map(({ count }) => count),
    ...columns(ranked.flat(), [
      ({ event }) => nthOf(event.topic),
      ({ rank }) => rank,
      ({ event }) => event.id,
      ({ event }) => event.type,
      ({ event }) => JSON.stringify(event.data),
      ({ of }) => of.at.toISOString(),
      ({ of }) => of.userId,
      ({ of }) => of.commandId,
      ({ of }) => of.origin,
    ]),
    ...columns(last, [({ topic }) => topic, ({ rank }) => rank]),
    ...columns(commands, [
      ({ owner }) => owner,
      ({ commandId }) => commandId,
      ({ outcome }) => outcome.ok,
      ({ outcome }) => JSON.stringify(outcome),
    ]),
    ...columns(placesOf, [({ first }) => first, ({ last }) => last]),
  ];
  return {
    bound: { statement: APPEND, values },
    envelopes: ([row]) =>
      ranked.map((events) =>
        events.map(({ event, rank, of }) =>
          toEnvelope({
            ...event,
            seq: (row?.bases?.[nthOf(event.topic) - 1] ?? 0) + rank,
            timestamp: of.at.toISOString(),
            userId: of.userId,
            commandId: of.commandId,
          }),
        ),
      ),
  };
}

/** `appending`, at once: for a transaction that has no other statements to be sent with it. */
export async function append(sql: Sql, commands: readonly Finished[]): Promise<Envelope[][]> {
  const { bound, envelopes } = appending(commands);
  return envelopes(await sql.rows<Bases>(bound.statement, bound.values));
}

/**
 * The type system cannot see that `type` and `data` of a row belong together; `checkEvent` did, before the row
 * was written.
 */
export const toEnvelope = (
  row: Omit<Envelope, 'type' | 'data'> & { type: string; data: unknown },
): Envelope => row as Envelope;
