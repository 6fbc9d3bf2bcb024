import type { Client } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { notFound } from '../errors.ts';
import type { Work } from '../unit/work.ts';

/**
 * Clients that turned out to be one keep their closed orders and their returns as history: whoever asks for those of
 * a client is answered for all that were merged into it.
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
 * The client that this one is now. Until the transaction ends nobody merges it into another: an order that is written
 * for it is not left behind.
 *
 * @throws Refused `not_found`
 */
export function currentClient(work: Work, id: string): Client {
  const client = work.unit.clients.current(id);
  if (!client) throw notFound('client', id);
  return client;
}
