import type { TopicKey } from '@almenara/events';
import type { Db } from '../../database/client.ts';
import { EPOCH } from '../../log/epoch.ts';

/**
 * Makes a follower known: whatever of its topics has happened by now is none of its business. So is the past of a topic
 * that a later version adds to its list. In one statement: what is committed meanwhile lies either before all of the
 * cursors or behind them.
 */
export async function register(db: Db, name: string, topics: readonly TopicKey[]): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO follower_lease (name, topics, epoch) VALUES (${name}, '{}', ${EPOCH}) ON CONFLICT DO NOTHING`;
    const [row] = await tx.$queryRaw<{ topics: string[] }[]>`
      SELECT topics FROM follower_lease WHERE name = ${name} FOR NO KEY UPDATE`;
    const added = topics.filter((key) => !row?.topics.includes(key));
    if (added.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO follower_cursor (name, topic, seq)
      SELECT ${name}, name, head FROM topic WHERE split_part(name, ':', 1) = ANY(${added}::text[])
      ON CONFLICT (name, topic) DO UPDATE SET seq = excluded.seq, part = 0, parts = NULL`;
    await tx.$executeRaw`
      UPDATE follower_lease SET topics = topics || ${added}::text[] WHERE name = ${name}`;
  });
}

/** What came of asking for a lease; `current` is the history that the database tells. */
export type Lease =
  | { readonly held: false }
  | { readonly held: true; readonly epoch: string; readonly current: string };

/**
 * Takes or renews the lease for the next `leaseMs`, by the database's clock: of all nodes one at a time does a follower's
 * work.
 */
export async function takeLease(db: Db, name: string, node: string, leaseMs: number): Promise<Lease> {
  const [taken] = await db.$queryRaw<{ epoch: string; current: string }[]>`
    UPDATE follower_lease
    SET holder = ${node}::uuid, until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE name = ${name} AND (holder IS NULL OR holder = ${node}::uuid OR until < clock_timestamp())
    RETURNING epoch, ${EPOCH} AS current`;
  return taken ? { held: true, ...taken } : { held: false };
}

/** Lets the next node have it at once. */
export async function releaseLease(db: Db, name: string, node: string): Promise<void> {
  await db.$executeRaw`
    UPDATE follower_lease SET holder = NULL, until = NULL WHERE name = ${name} AND holder = ${node}::uuid`;
}

/** In another history a follower begins at its end. Nothing of it may be under way. */
export async function beginAgain(db: Db, name: string, epoch: string): Promise<void> {
  await db.$executeRaw`
    WITH changed AS (
      UPDATE follower_lease SET epoch = ${epoch} WHERE name = ${name} AND epoch <> ${epoch} RETURNING name, topics
    ), gone AS (
      DELETE FROM follower_cursor c USING changed
      WHERE c.name = changed.name AND NOT EXISTS (SELECT FROM topic t WHERE t.name = c.topic)
    )
    INSERT INTO follower_cursor (name, topic, seq)
    SELECT changed.name, t.name, t.head
    FROM changed JOIN topic t ON split_part(t.name, ':', 1) = ANY(changed.topics)
    ON CONFLICT (name, topic) DO UPDATE SET seq = excluded.seq, part = 0, parts = NULL`;
}
