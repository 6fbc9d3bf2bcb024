import { clientsFeature } from './clients/feature.ts';
import { type BusPorts, CommandBus } from './commands/bus.ts';
import { assemble } from './commands/feature.ts';
import { companyFeature } from './company/feature.ts';
import { countsFeature } from './counts/feature.ts';
import { figuresFeature } from './figures/feature.ts';
import { inventoryFeature } from './inventory/feature.ts';
import type { StateLoader } from './log/reader.ts';
import { notificationsFeature } from './notifications/feature.ts';
import { ordersFeature } from './orders/feature.ts';
import { productsFeature } from './products/feature.ts';
import { returnsFeature } from './returns/feature.ts';
import { usersFeature } from './users/feature.ts';
import { viewsFeature } from './views/feature.ts';
import { zonesFeature } from './zones/feature.ts';

/** The features of the house. A new one adds its line here, and nothing else outside its folder. */
const house = assemble([
  clientsFeature,
  productsFeature,
  zonesFeature,
  inventoryFeature,
  countsFeature,
  ordersFeature,
  returnsFeature,
  companyFeature,
  usersFeature,
  viewsFeature,
  figuresFeature,
  notificationsFeature,
]);

export const { queries } = house;

export const loadState: StateLoader = (tx, { key, params }) => house.topics[key](tx, params);

/** The bus of a process, whichever it is: the server's, an import's, the command line's. */
export const createBus = (ports: Omit<BusPorts, 'handlers' | 'reactions' | 'random'>): CommandBus =>
  new CommandBus({ ...ports, handlers: house.commands, reactions: house.reactions, random: Math.random });
