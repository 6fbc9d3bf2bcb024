import { authFeature } from './auth/feature.ts';
import { clientsFeature } from './clients/feature.ts';
import { type BusPorts, CommandBus } from './commands/bus.ts';
import { assemble, type House } from './commands/feature.ts';
import { companyFeature } from './company/feature.ts';
import { countsFeature } from './counts/feature.ts';
import { figuresFeature } from './figures/feature.ts';
import { inventoryFeature } from './inventory/feature.ts';
import { notificationsFeature } from './notifications/feature.ts';
import { ordersFeature } from './orders/feature.ts';
import { productsFeature } from './products/feature.ts';
import { returnsFeature } from './returns/feature.ts';
import { noQueue } from './unit/jobs.ts';
import { usersFeature } from './users/feature.ts';
import { viewsFeature } from './views/feature.ts';
import { zonesFeature } from './zones/feature.ts';

/** The features of the house. A new one adds its line here, and nothing else outside its folder. */
export const features = [
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
  authFeature,
] as const;

/** What they bring together. */
export const house: House = assemble(features);

/** The bus of a process, whichever it is: the server's, an import's, the command line's. */
export const createBus = (
  ports: Omit<BusPorts, 'handlers' | 'reactions' | 'queue' | 'random'>,
  { commands, reactions }: Pick<House, 'commands' | 'reactions'> = house,
): CommandBus =>
  new CommandBus({ ...ports, handlers: commands, reactions, queue: noQueue, random: Math.random });
