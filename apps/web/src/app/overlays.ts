import { pendingClients } from '../features/clients/optimism.ts';
import { pendingLevels } from '../features/inventory/optimism.ts';
import { pendingOrders } from '../features/orders/held/optimism.ts';
import type { Overlays } from '../realtime/index.ts';

/** How the features show commands that have no answer yet. */
export const overlays: Overlays = {
  orders: pendingOrders,
  inventory: pendingLevels,
  clients: pendingClients,
};
