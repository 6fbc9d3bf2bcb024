import type { Tx } from '../database/client.ts';
import type { Client as ClientRow } from '../database/generated/client.ts';
import { notFound } from '../errors.ts';
import { Contention } from './contention.ts';

/**
 * Clients that turned out to be one keep their closed orders and their returns as history: whoever asks for those of
 * a client is answered for all that were merged into it. Locks on clients are taken after those on orders and before
 * those on levels, several of them by id.
 */

/** The client that each of these is now, by id: itself, or the one it was merged into. Ids that there are none of are left out. */
export async function currentClientIds(db: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; current: string }[]>`
    WITH RECURSIVE chain (id, current, next) AS (
      SELECT id, id, merged_into FROM client WHERE id = ANY(${[...ids]}::uuid[])
      UNION ALL
      SELECT chain.id, c.id, c.merged_into FROM chain JOIN client c ON c.id = chain.next
    )
    SELECT id, current FROM chain WHERE next IS NULL`;
  return new Map(rows.map(({ id, current }) => [id, current]));
}

/** By id, these clients and all that were merged into them: which of these each one is. */
export async function membersOf(db: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; current: string }[]>`
    WITH RECURSIVE family (id, current) AS (
      SELECT id, id FROM unnest(${[...ids]}::uuid[]) AS id
      UNION
      SELECT c.id, family.current FROM family JOIN client c ON c.merged_into = family.id
    )
    SELECT id, current FROM family`;
  return new Map(rows.map(({ id, current }) => [id, current]));
}

/** The client and all that were merged into it. */
export const clientIdsWithMerged = async (db: Tx, id: string): Promise<string[]> => [
  ...(await membersOf(db, [id])).keys(),
];

/**
 * The clients that these are now, by the ids that were asked for. Until the transaction ends nobody archives them or
 * merges them into another: an order that is written for one of them is not left behind.
 */
export async function holdClients(db: Tx, ids: readonly string[]): Promise<Map<string, ClientRow>> {
  const current = await currentClientIds(db, ids);
  await db.$queryRaw`
    SELECT id FROM client WHERE id = ANY(${[...new Set(current.values())]}::uuid[]) ORDER BY id FOR KEY SHARE`;
  const rows = await db.client.findMany({ where: { id: { in: [...current.values()] } } });
  const held = new Map(rows.map((row) => [row.id, row]));
  const found = new Map<string, ClientRow>();
  for (const [id, now] of current) {
    const row = held.get(now);
    // Merged between the look and the lock: the whole handler runs again.
    if (!row || row.mergedInto !== null) throw new Contention(`Client ${now} was merged meanwhile.`);
    found.set(id, row);
  }
  return found;
}

/** @throws Refused `not_found` */
export async function holdClient(db: Tx, id: string): Promise<ClientRow> {
  const client = (await holdClients(db, [id])).get(id);
  if (!client) throw notFound('client', id);
  return client;
}
