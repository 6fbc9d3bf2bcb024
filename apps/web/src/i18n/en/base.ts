import { common } from './common.ts';
import { news } from './news.ts';
import { palette } from './palette.ts';
import { queue } from './queue.ts';
import { shared } from './shared.ts';

/** What every page may say. */
export const base = { ...common, ...news, ...palette, ...queue, ...shared };
