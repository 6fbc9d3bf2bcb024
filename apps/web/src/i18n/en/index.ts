import { clients } from './clients.ts';
import { common } from './common.ts';
import { inventory } from './inventory.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';
import { stock } from './stock.ts';

/** Every text of the app in English; `es` has the same keys. Plurals are i18next's `_one`, `_other`. */
export const en = {
  ...clients,
  ...common,
  ...inventory,
  ...stock,
  ...orders,
  ...overview,
  ...setup,
  ...signIn,
};
