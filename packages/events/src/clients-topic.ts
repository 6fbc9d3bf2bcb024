import type { z } from 'zod';
import type { Client, clientEvents, clientsSnapshot } from './clients.ts';
import { defineTopic, type EventOf } from './define.ts';
import { byText, type Catalogue, catalogue, countOf } from './entities.ts';
import { ALL_ROLES } from './roles.ts';

/** How many clients the live snapshot holds; older ones are found by `GET /api/clients`. */
export const CLIENTS_IN_SNAPSHOT = 5000;

/** Events of before clients could be merged do not say that they were not. */
const whole = (client: Client): Client =>
  client.mergedInto === undefined ? { ...client, mergedInto: null } : client;

/** As they are listed. */
export const byClientName = (a: Client, b: Client): number => byText(a.name, b.name) || byText(a.id, b.id);

const recent = catalogue<Client>(CLIENTS_IN_SNAPSHOT, byClientName);

export const clientsTopic = defineTopic<
  Catalogue<Client>,
  z.infer<typeof clientsSnapshot>,
  EventOf<typeof clientEvents>
>({
  pattern: 'clients',
  namespace: '/desk',
  summary: `The ${CLIENTS_IN_SNAPSHOT} clients changed last.`,
  access: { roles: ALL_ROLES },
  empty: () => recent.empty(),
  fold: (state, events) =>
    recent.apply(
      state,
      events.flatMap((event) =>
        event.type === 'client_merged' ? [event.data.client, event.data.merged] : [whole(event.data.client)],
      ),
      countOf(events, 'client_created'),
    ),
  view: (state) => {
    const { items, ...counts } = recent.view(state);
    return { clients: items, ...counts };
  },
  load: ({ clients, total }) => recent.load(clients, total),
});
