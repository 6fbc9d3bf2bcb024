import { ORDERS_IN_SNAPSHOT } from '@almenara/events';
import { defineFeature } from '../commands/feature.ts';
import { orderCommandHandlers } from './commands.ts';
import { loadOrders, orderQueryHandlers } from './queries.ts';

export const ordersFeature = defineFeature({
  name: 'orders',
  commands: orderCommandHandlers,
  queries: orderQueryHandlers,
  topics: { orders: (tx) => loadOrders(tx, ORDERS_IN_SNAPSHOT) },
});
