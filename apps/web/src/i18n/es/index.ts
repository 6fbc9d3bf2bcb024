import { activity } from './activity.ts';
import { base } from './base.ts';
import { clients } from './clients.ts';
import { importing } from './import.ts';
import { inventory } from './inventory.ts';
import { order } from './order.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { queueDrawer } from './queue-drawer.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';
import { stock } from './stock.ts';

/** Todos los textos de la aplicación en español, por partes; las claves son las de `en`. */
export const es = {
  activity,
  base,
  clients,
  counting: stock,
  import: importing,
  inventory,
  order,
  orders,
  overview,
  queue: queueDrawer,
  settings,
  setup,
  'sign-in': signIn,
};
