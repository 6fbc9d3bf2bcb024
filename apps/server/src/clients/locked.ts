import type { Client } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { conflict, notFound } from '../errors.ts';
import { toClient } from '../unit/client-rows.ts';

/** As for a change of their key: nobody writes an order for one of them meanwhile. */
export async function lockClients(db: Tx, ids: readonly string[]): Promise<void> {
  await db.$queryRaw`SELECT id FROM client WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** A locked client, at the version its caller has seen. */
export async function requireAt(db: Tx, id: string, expectedVersion: number | undefined): Promise<Client> {
  const row = await db.client.findUnique({ where: { id } });
  if (!row) throw notFound('client', id);
  const client = toClient(row);
  if (expectedVersion !== undefined && client.version !== expectedVersion)
    throw conflict(`${client.name} was changed meanwhile: it is at version ${client.version}.`, { client });
  return client;
}
