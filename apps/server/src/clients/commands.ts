import { type Client, type CommandName, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import type { Tx } from '../database/client.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { conflict, notFound } from '../errors.ts';
import { blankToNull } from './blank.ts';
import { mergeClients } from './merge.ts';
import { toClient } from './queries.ts';

type ClientCommands = Pick<CommandHandlers, Extract<CommandName, `${string}_client` | 'merge_clients'>>;

export const clientCommandHandlers: ClientCommands = {
  create_client: async (tx, input) => {
    const { clientId } = input;
    const creating = tx.db.client.create({
      data: {
        id: clientId ?? tx.newId(),
        name: input.name,
        email: blankToNull(input.email),
        phone: blankToNull(input.phone),
        country: blankToNull(input.country),
        notes: blankToNull(input.notes),
        createdAt: tx.now,
        updatedAt: tx.now,
      },
    });
    const row = await creating.catch((error: unknown) => {
      throw clientId !== undefined && isUniqueViolation(error)
        ? conflict(`There is a client ${clientId} already.`)
        : error;
    });
    const client = toClient(row);
    tx.record('client_created', topicName('clients'), { client });
    return { client };
  },

  update_client: async (tx, { clientId, expectedVersion, ...change }) => {
    await lockClient(tx.db, clientId, expectedVersion);
    const row = await tx.db.client.update({
      where: { id: clientId },
      data: {
        ...(change.name !== undefined && { name: change.name }),
        ...(change.email !== undefined && { email: blankToNull(change.email) }),
        ...(change.phone !== undefined && { phone: blankToNull(change.phone) }),
        ...(change.country !== undefined && { country: blankToNull(change.country) }),
        ...(change.notes !== undefined && { notes: blankToNull(change.notes) }),
        version: { increment: 1 },
        updatedAt: tx.now,
      },
    });
    const client = toClient(row);
    tx.record('client_updated', topicName('clients'), { client });
    return { client };
  },

  archive_client: async (tx, { clientId, expectedVersion }) => {
    const before = await lockClient(tx.db, clientId, expectedVersion);
    if (before.archived) throw conflict(`${before.name} is archived already.`, { client: before });
    const row = await tx.db.client.update({
      where: { id: clientId },
      data: { archived: true, version: { increment: 1 }, updatedAt: tx.now },
    });
    const client = toClient(row);
    tx.record('client_archived', topicName('clients'), { client });
    return { client };
  },

  merge_clients: mergeClients,
};

async function lockClient(db: Tx, id: string, expectedVersion: number | undefined): Promise<Client> {
  await db.$queryRaw`SELECT id FROM client WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await db.client.findUnique({ where: { id } });
  if (!row) throw notFound('client', id);
  const client = toClient(row);
  if (expectedVersion !== undefined && client.version !== expectedVersion) {
    throw conflict(`${client.name} was changed meanwhile: it is at version ${client.version}.`, { client });
  }
  return client;
}
