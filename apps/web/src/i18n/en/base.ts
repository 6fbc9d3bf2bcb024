import { clients } from './clients.ts';
import { common } from './common.ts';
import { inventory } from './inventory.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { palette } from './palette.ts';
import { pickList } from './pick-list.ts';
import { queue } from './queue.ts';
import { savedViews } from './saved-views.ts';
import { signIn } from './sign-in.ts';

/** What every page may say. */
export const base = {
  ...clients,
  ...common,
  ...inventory,
  ...orders,
  ...overview,
  ...queue,
  ...palette,
  ...pickList,
  ...savedViews,
  ...signIn,
};
