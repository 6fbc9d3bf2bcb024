import type { z } from 'zod';
import type { EventDefinition } from './base/define.ts';
import { clientEvents, clientsSnapshot } from './nouns/clients.ts';
import { CLIENTS_IN_SNAPSHOT } from './nouns/clients-topic.ts';
import { companyEvents, companySnapshot } from './nouns/company.ts';
import { countEvents, countSnapshot } from './nouns/counts.ts';
import { inventoryEvents, inventorySnapshot } from './nouns/inventory.ts';
import { LEVELS_IN_SNAPSHOT } from './nouns/inventory-topic.ts';
import { userSnapshot } from './nouns/notifications.ts';
import { orderEvents, ordersSnapshot } from './nouns/orders.ts';
import { LINES_IN_SNAPSHOT, ORDERS_IN_SNAPSHOT } from './nouns/orders-topic.ts';
import { productEvents, productsSnapshot } from './nouns/products.ts';
import { PRODUCTS_IN_SNAPSHOT } from './nouns/products-topic.ts';
import { returnEvents } from './nouns/returns.ts';
import { peopleSnapshot, userEvents } from './nouns/users.ts';
import { viewEvents, viewsSnapshot } from './nouns/views.ts';
import { zoneEvents, zonesSnapshot } from './nouns/zones.ts';
import type { TopicKey } from './topics.ts';

export interface TopicSchemas {
  /** What its snapshot holds, in words… */
  readonly summary: string;
  /** … and as a schema. */
  readonly snapshot: z.ZodType;
  /** The events that it carries. */
  readonly events: readonly EventDefinition[];
}

/** What of each topic only those need who describe or check it. */
export const topicSchemas: Readonly<Record<TopicKey, TopicSchemas>> = {
  orders: {
    summary: `The ${ORDERS_IN_SNAPSHOT} orders changed last, open or closed, and how many there are by status. Of an order with more than ${LINES_IN_SNAPSHOT} lines, \`lineCount\` says how many.`,
    snapshot: ordersSnapshot,
    events: [...Object.values(orderEvents), ...Object.values(returnEvents)],
  },
  clients: {
    summary: `The ${CLIENTS_IN_SNAPSHOT} clients changed last, archived or not; \`total\` counts all.`,
    snapshot: clientsSnapshot,
    events: Object.values(clientEvents),
  },
  products: {
    summary: `The ${PRODUCTS_IN_SNAPSHOT} products changed last; \`total\` counts all.`,
    snapshot: productsSnapshot,
    events: Object.values(productEvents),
  },
  zones: { summary: 'Every zone.', snapshot: zonesSnapshot, events: Object.values(zoneEvents) },
  inventory: {
    summary: `What a zone holds: the ${LEVELS_IN_SNAPSHOT} levels changed last; \`total\` counts all.`,
    snapshot: inventorySnapshot,
    events: Object.values(inventoryEvents),
  },
  count: {
    summary: 'The open count of a zone, and how the one before ended.',
    snapshot: countSnapshot,
    events: Object.values(countEvents),
  },
  user: {
    summary: 'What one user is told; nobody else may follow it.',
    snapshot: userSnapshot,
    events: [],
  },
  views: {
    summary: 'The views that one user has saved; nobody else may follow it.',
    snapshot: viewsSnapshot,
    events: Object.values(viewEvents),
  },
  people: {
    summary: 'Everybody who has an account.',
    snapshot: peopleSnapshot,
    events: Object.values(userEvents),
  },
  company: {
    summary: 'Whose desk this is; null until an administrator has said so.',
    snapshot: companySnapshot,
    events: Object.values(companyEvents),
  },
};
