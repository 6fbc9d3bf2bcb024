import { CLIENTS_IN_SNAPSHOT } from '@almenara/events';
import { defineFeature } from '../commands/feature.ts';
import { clientCommandHandlers } from './commands.ts';
import { clientQueryHandlers, loadClients } from './queries.ts';

export const clientsFeature = defineFeature({
  name: 'clients',
  commands: clientCommandHandlers,
  queries: clientQueryHandlers,
  topics: { clients: (tx) => loadClients(tx, CLIENTS_IN_SNAPSHOT) },
});
