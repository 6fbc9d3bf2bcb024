import { base } from './base.ts';
import { importing } from './import.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { stock } from './stock.ts';

/** Every text of the app in English; `es` has the same keys. What counts is two texts, `_one` and `_other`. */
export const en = { ...base, ...importing, ...settings, ...setup, ...stock };
