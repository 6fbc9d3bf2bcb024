import type { Messages } from '../messages.ts';
import { clients } from './clients.ts';
import { common } from './common.ts';
import { inventory } from './inventory.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';
import { stock } from './stock.ts';

/** Todos los textos de la aplicación en español; las claves son las de `en`. */
export const es: Messages = {
  ...clients,
  ...common,
  ...inventory,
  ...stock,
  ...orders,
  ...overview,
  ...setup,
  ...signIn,
};
