import { clients } from './clients.ts';
import { common } from './common.ts';
import { inventory } from './inventory.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { pickList } from './pick-list.ts';
import { savedViews } from './saved-views.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';

/** Every text of the app in English; `es` has the same keys. Plurals are i18next's `_one`, `_other`. */
export const en = {
  ...clients,
  ...common,
  ...inventory,
  ...orders,
  ...overview,
  ...pickList,
  ...savedViews,
  ...setup,
  ...signIn,
};
