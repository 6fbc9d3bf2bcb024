import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { byText, countOf } from '../base/entities.ts';
import { ALL_ROLES } from '../base/roles.ts';
import { type Window, windowOf } from '../base/window.ts';
import type { Client, clientEvents, clientsSnapshot } from './clients.ts';

/** How many clients the live snapshot holds; older ones are found by `GET /api/clients`. */
export const CLIENTS_IN_SNAPSHOT = 2000;

interface ClientsState {
  readonly clients: Window<Client>;
  /** How many there are in all, held or not. */
  readonly total: number;
}

/** Events of before clients could be merged do not say that they were not. */
const whole = (client: Client): Client =>
  client.mergedInto === undefined ? { ...client, mergedInto: null } : client;

/** As they are listed. */
export const byClientName = (a: Client, b: Client): number => byText(a.name, b.name) || byText(a.id, b.id);

/** The topic with a window of this many clients; tests look at small ones. */
export function clientsTopicOf(limit: number) {
  const recent = windowOf<Client>({ limit, idOf: ({ id }) => id, changedAt: ({ updatedAt }) => updatedAt });
  return defineTopic<ClientsState, z.infer<typeof clientsSnapshot>, EventOf<typeof clientEvents>>({
    pattern: 'clients',
    namespace: '/desk',
    access: { roles: ALL_ROLES },
    empty: () => ({ clients: new Map(), total: 0 }),
    fold: ({ clients, total }, events) => ({
      clients: recent.with(
        clients,
        events.flatMap((event) =>
          event.type === 'client_merged'
            ? [event.data.client, event.data.merged]
            : [whole(event.data.client)],
        ),
      ),
      total: total + countOf(events, 'client_created'),
    }),
    view: ({ clients, total }) => ({
      clients: [...clients.values()].sort(byClientName),
      total,
      truncated: total > clients.size,
    }),
    load: ({ clients, total }) => ({ clients: recent.load(clients), total }),
  });
}

export const clientsTopic = clientsTopicOf(CLIENTS_IN_SNAPSHOT);
