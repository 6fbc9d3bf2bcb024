import type { Messages } from '../messages.ts';
import { base } from './base.ts';
import { importing } from './import.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { stock } from './stock.ts';

/** Todos los textos de la aplicación en español; las claves son las de `en`. */
export const es: Messages = { ...base, ...importing, ...settings, ...setup, ...stock };
