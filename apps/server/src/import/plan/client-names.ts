import type { ImportLanguage } from '@almenara/events';

/** Files have numbers where the desk has names: what a new client is called, until somebody writes its name in. */
export const clientName = (customer: string | null, language: ImportLanguage): string =>
  customer === null ? WALK_IN[language] : `${CLIENT[language]} ${customer}`;

const CLIENT: Readonly<Record<ImportLanguage, string>> = { en: 'Client', es: 'Cliente' };
/** All sales to nobody in particular are one client's. */
const WALK_IN: Readonly<Record<ImportLanguage, string>> = { en: 'Walk-in', es: 'Cliente de paso' };
