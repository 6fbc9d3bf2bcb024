import { activity } from './activity.ts';
import { common } from './common.ts';
import { palette } from './palette.ts';
import { queue } from './queue.ts';
import { shared } from './shared.ts';

/** What every page may say. */
export const base = { ...activity, ...common, ...palette, ...queue, ...shared };
