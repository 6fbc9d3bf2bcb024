import {
  CLIENTS_IN_SNAPSHOT,
  LEVELS_IN_SNAPSHOT,
  ORDERS_IN_SNAPSHOT,
  type ParsedTopic,
  PRODUCTS_IN_SNAPSHOT,
  type TopicKey,
} from '@almenara/events';
import { clientCommandHandlers } from './clients/commands.ts';
import { clientQueryHandlers, loadClients } from './clients/queries.ts';
import type { CommandHandlers, Reaction } from './commands/handler.ts';
import type { QueryHandlers } from './commands/query.ts';
import { companyCommandHandlers } from './company/commands.ts';
import { loadCompany } from './company/queries.ts';
import { countCommandHandlers } from './counts/commands.ts';
import { loadCount } from './counts/queries.ts';
import type { Tx } from './database/client.ts';
import { figureQueryHandlers } from './figures/queries.ts';
import { inventoryCommandHandlers } from './inventory/commands.ts';
import { inventoryQueryHandlers, loadZoneLevels } from './inventory/queries.ts';
import { tellLowStock } from './inventory/reactions.ts';
import type { StateLoader } from './log/reader.ts';
import { orderCommandHandlers } from './orders/commands.ts';
import { loadOrders, orderQueryHandlers } from './orders/queries.ts';
import { productCommandHandlers } from './products/commands.ts';
import { loadProducts, productQueryHandlers } from './products/queries.ts';
import { returnCommandHandlers } from './returns/commands.ts';
import { returnQueryHandlers } from './returns/queries.ts';
import { userQueryHandlers } from './users/queries.ts';
import { viewCommandHandlers } from './views/commands.ts';
import { loadViews } from './views/queries.ts';
import { zoneCommandHandlers } from './zones/commands.ts';
import { loadZones, zoneQueryHandlers } from './zones/queries.ts';

/** What the features bring to the house. A new feature adds its lines here and nowhere else. */

export const handlers: CommandHandlers = {
  ...clientCommandHandlers,
  ...productCommandHandlers,
  ...zoneCommandHandlers,
  ...inventoryCommandHandlers,
  ...countCommandHandlers,
  ...orderCommandHandlers,
  ...returnCommandHandlers,
  ...companyCommandHandlers,
  ...viewCommandHandlers,
};

export const queryHandlers: Omit<QueryHandlers, 'get_stats'> = {
  ...clientQueryHandlers,
  ...productQueryHandlers,
  ...zoneQueryHandlers,
  ...inventoryQueryHandlers,
  ...orderQueryHandlers,
  ...returnQueryHandlers,
  ...userQueryHandlers,
  ...figureQueryHandlers,
};

export const reactions: readonly Reaction[] = [tellLowStock];

const loaders: Record<TopicKey, (tx: Tx, topic: ParsedTopic) => Promise<unknown>> = {
  orders: (tx) => loadOrders(tx, ORDERS_IN_SNAPSHOT),
  clients: (tx) => loadClients(tx, CLIENTS_IN_SNAPSHOT),
  products: (tx) => loadProducts(tx, PRODUCTS_IN_SNAPSHOT),
  zones: (tx) => loadZones(tx),
  inventory: (tx, { params }) => loadZoneLevels(tx, params.zone ?? '', LEVELS_IN_SNAPSHOT),
  company: (tx) => loadCompany(tx),
  count: (tx, { params }) => loadCount(tx, params.zone ?? ''),
  user: async () => ({ notifications: [], unreadCount: 0 }),
  views: (tx, { params }) => loadViews(tx, params.id ?? ''),
};

export const loadState: StateLoader = (tx, topic) => loaders[topic.key](tx, topic);
