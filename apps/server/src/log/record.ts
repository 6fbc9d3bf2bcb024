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

/** A command that comes to its end, with what it recorded. */
export interface Finished {
  /** As the claim has it. */
  readonly owner: string;
  readonly commandId: string;
  /** Whose the events are; null for the system's. */
  readonly userId: string | null;
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
    WITH counts AS (
      SELECT name, n FROM unnest($1::text[], $2::bigint[]) AS c (name, n)
    ), heads AS (
      INSERT INTO topic (name, head) SELECT name, n FROM counts ORDER BY name
      ON CONFLICT (name) DO UPDATE SET head = topic.head + excluded.head
      RETURNING name, head
    ), bases AS (
      SELECT heads.name, heads.head - counts.n AS base FROM heads JOIN counts ON counts.name = heads.name
    ), appended AS (
      INSERT INTO event (topic, seq, id, type, data, at, user_id, command_id)
      SELECT r.topic, bases.base + r.rank, r.id, r.type, r.data::jsonb, r.at, r.user_id, r.command_id
      FROM unnest($3::text[], $4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::uuid[])
        AS r (topic, rank, id, type, data, at, user_id, command_id)
      JOIN bases ON bases.name = r.topic
    ), places AS (
      SELECT p.n, jsonb_object_agg(p.topic, bases.base + p.rank) AS at
      FROM unnest($11::int[], $12::text[], $13::bigint[]) AS p (n, topic, rank) JOIN bases ON bases.name = p.topic
      GROUP BY p.n
    ), finished AS (
      UPDATE command SET outcome = CASE WHEN f.ok
        THEN f.outcome::jsonb || jsonb_build_object('at', coalesce(places.at, '{}')) ELSE f.outcome::jsonb END
      FROM unnest($14::int[], $15::text[], $16::uuid[], $17::bool[], $18::text[])
        AS f (n, owner, command_id, ok, outcome)
      LEFT JOIN places ON places.n = f.n
      WHERE command.user_id = f.owner AND command.command_id = f.command_id
    )
    SELECT name, base::float8 AS base FROM bases`,
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
  envelopes(answer: readonly Base[]): Envelope[][];
}

/** How many events a topic had before those of this transaction. */
export interface Base {
  readonly name: string;
  readonly base: number;
}

/** Stores the events with the outcomes of their commands. It must be the last statement before COMMIT. */
export function appending(commands: readonly Finished[]): Appending {
  const counts = new Map<string, number>();
  const places: { n: number; topic: string; rank: number }[] = [];
  const ranked = commands.map((of, n) => {
    const last = new Map<string, number>();
    const events = of.recorded.map((event): Ranked => {
      const rank = (counts.get(event.topic) ?? 0) + 1;
      counts.set(event.topic, rank);
      last.set(event.topic, rank);
      return { event, rank, of };
    });
    for (const [topic, rank] of last) places.push({ n, topic, rank });
    return events;
  });
  const all = ranked.flat();
  const values = [
    [...counts.keys()],
    [...counts.values()],
    ...columns(all, [
      ({ event }) => event.topic,
      ({ rank }) => rank,
      ({ event }) => event.id,
      ({ event }) => event.type,
      ({ event }) => JSON.stringify(event.data),
      ({ of }) => of.at.toISOString(),
      ({ of }) => of.userId,
      ({ of }) => of.commandId,
    ]),
    ...columns(places, [({ n }) => n, ({ topic }) => topic, ({ rank }) => rank]),
    commands.map((_, n) => n),
    ...columns(commands, [
      ({ owner }) => owner,
      ({ commandId }) => commandId,
      ({ outcome }) => outcome.ok,
      ({ outcome }) => JSON.stringify(outcome),
    ]),
  ];
  return {
    bound: { statement: APPEND, values },
    envelopes: (answer) => {
      const bases = new Map(answer.map(({ name, base }) => [name, base]));
      return ranked.map((events) =>
        events.map(({ event, rank, of }) =>
          toEnvelope({
            ...event,
            seq: (bases.get(event.topic) ?? 0) + rank,
            timestamp: of.at.toISOString(),
            userId: of.userId,
            commandId: of.commandId,
          }),
        ),
      );
    },
  };
}

/** `appending`, at once: for a transaction that has no other statements to be sent with it. */
export async function append(sql: Sql, commands: readonly Finished[]): Promise<Envelope[][]> {
  const { bound, envelopes } = appending(commands);
  return envelopes(await sql.rows<Base>(bound.statement, bound.values));
}

/**
 * The type system cannot see that `type` and `data` of a row belong together; `checkEvent` did, before the row
 * was written.
 */
export const toEnvelope = (
  row: Omit<Envelope, 'type' | 'data'> & { type: string; data: unknown },
): Envelope => row as Envelope;
