import { type Client, type clientCommands, later, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { conflict, notFound } from '../errors.ts';
import type { Work } from '../unit/work.ts';
import { archiveClient } from './archive.ts';
import { blankToNull } from './blank.ts';
import { mergeClients } from './merge.ts';

type ClientCommands = Pick<CommandHandlers, keyof typeof clientCommands>;

const CLIENTS = topicName('clients');

export const clientCommandHandlers: ClientCommands = {
  create_client: {
    needs: ({ clientId }) => ({ newClients: clientId === undefined ? [] : [clientId] }),
    decide: (work, input) => {
      const { clientId } = input;
      if (clientId !== undefined && work.unit.clients.isTaken(clientId))
        throw conflict(`There is a client ${clientId} already.`);
      const at = work.now.toISOString();
      const client: Client = {
        id: clientId ?? work.newId(),
        name: input.name,
        email: blankToNull(input.email),
        phone: blankToNull(input.phone),
        country: blankToNull(input.country),
        notes: blankToNull(input.notes),
        archived: false,
        mergedInto: null,
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      work.unit.clients.put(client);
      work.record('client_created', CLIENTS, { client });
      return { client };
    },
  },

  update_client: {
    needs: ({ clientId }) => ({ changedClients: [clientId] }),
    decide: (work, { clientId, expectedVersion, ...change }) => {
      const before = clientAt(work, clientId, expectedVersion);
      const client: Client = {
        ...before,
        name: change.name ?? before.name,
        email: change.email === undefined ? before.email : blankToNull(change.email),
        phone: change.phone === undefined ? before.phone : blankToNull(change.phone),
        country: change.country === undefined ? before.country : blankToNull(change.country),
        notes: change.notes === undefined ? before.notes : blankToNull(change.notes),
        version: before.version + 1,
        updatedAt: later(work.now.toISOString(), before.updatedAt),
      };
      work.unit.clients.put(client);
      work.record('client_updated', CLIENTS, { client });
      return { client };
    },
  },

  archive_client: archiveClient,
  merge_clients: mergeClients,
};

function clientAt(work: Work, id: string, expectedVersion: number | undefined): Client {
  const client = work.unit.clients.find(id);
  if (!client) throw notFound('client', id);
  if (expectedVersion !== undefined && client.version !== expectedVersion) {
    throw conflict(`${client.name} was changed meanwhile: it is at version ${client.version}.`, { client });
  }
  return client;
}
