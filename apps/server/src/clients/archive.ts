import { later, topicName } from '@almenara/events';
import type { CommandHandler } from '../commands/handler.ts';
import { conflict } from '../errors.ts';
import { toClient } from '../unit/client-rows.ts';
import { lockClients, requireAt } from './locked.ts';

/** Locked as who merges locks: an order that is under way for the client comes before, or is refused. */
export const archiveClient: CommandHandler<'archive_client'> = async (tx, { clientId, expectedVersion }) => {
  await lockClients(tx.db, [clientId]);
  const before = await requireAt(tx.db, clientId, expectedVersion);
  if (before.archived) throw conflict(`${before.name} is archived already.`, { client: before });
  const row = await tx.db.client.update({
    where: { id: clientId },
    data: {
      archived: true,
      version: { increment: 1 },
      updatedAt: later(tx.now.toISOString(), before.updatedAt),
    },
  });
  const client = toClient(row);
  tx.record('client_archived', topicName('clients'), { client });
  return { client };
};
