import type { Messages } from '../messages.ts';
import { clients } from './clients.ts';
import { common } from './common.ts';
import { importing } from './import.ts';
import { inventory } from './inventory.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { palette } from './palette.ts';
import { pickList } from './pick-list.ts';
import { queue } from './queue.ts';
import { savedViews } from './saved-views.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';
import { stock } from './stock.ts';

/** Todos los textos de la aplicación en español; las claves son las de `en`. */
export const es: Messages = {
  ...clients,
  ...common,
  ...importing,
  ...inventory,
  ...stock,
  ...orders,
  ...overview,
  ...queue,
  ...palette,
  ...settings,
  ...pickList,
  ...savedViews,
  ...setup,
  ...signIn,
};
