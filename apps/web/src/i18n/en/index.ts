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

/** Every text of the app in English; `es` has the same keys. Plurals are i18next's `_one`, `_other`. */
export const en = {
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
