import type { z } from 'zod';
import { clientEvents, clientsSnapshot } from './clients.ts';
import { companyEvents, companySnapshot } from './company.ts';
import { countEvents, countSnapshot } from './counts.ts';
import type { EventDefinition } from './define.ts';
import { inventoryEvents, inventorySnapshot } from './inventory.ts';
import { userSnapshot } from './notifications.ts';
import { orderEvents, ordersSnapshot } from './orders.ts';
import { productEvents, productsSnapshot } from './products.ts';
import { returnEvents } from './returns.ts';
import type { TopicKey } from './topics.ts';
import { peopleSnapshot, userEvents } from './users.ts';
import { viewEvents, viewsSnapshot } from './views.ts';
import { zoneEvents, zonesSnapshot } from './zones.ts';

/** What each topic's snapshot holds, and the events it carries. */
export const topicSchemas: Readonly<
  Record<TopicKey, { readonly snapshot: z.ZodType; readonly events: readonly EventDefinition[] }>
> = {
  orders: {
    snapshot: ordersSnapshot,
    events: [...Object.values(orderEvents), ...Object.values(returnEvents)],
  },
  clients: { snapshot: clientsSnapshot, events: Object.values(clientEvents) },
  products: { snapshot: productsSnapshot, events: Object.values(productEvents) },
  zones: { snapshot: zonesSnapshot, events: Object.values(zoneEvents) },
  inventory: { snapshot: inventorySnapshot, events: Object.values(inventoryEvents) },
  count: { snapshot: countSnapshot, events: Object.values(countEvents) },
  user: { snapshot: userSnapshot, events: [] },
  views: { snapshot: viewsSnapshot, events: Object.values(viewEvents) },
  people: { snapshot: peopleSnapshot, events: Object.values(userEvents) },
  company: { snapshot: companySnapshot, events: Object.values(companyEvents) },
};
