import type { Tree } from './texts.ts';

type Load = () => Promise<Tree>;

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The texts come in files: `base` with every page, the others with the pages and dialogs that say them (`withTexts`), so
 * that nobody waits for texts of where he is not. Each language has files of its own; only those of the one that is read
 * are loaded. That nothing is said before it has come is tested.
 */
export const PARTS = [
  'activity',
  'base',
  'clients',
  'counting',
  'import',
  'inventory',
  'order',
  'orders',
  'overview',
  'queue',
  'settings',
  'setup',
  'sign-in',
] as const;
export type Part = (typeof PARTS)[number];

export const LOADERS: Readonly<Record<Language, Readonly<Record<Part, Load>>>> = {
  en: {
    activity: async () => (await import('./en/activity.ts')).activity,
    base: async () => (await import('./en/base.ts')).base,
    clients: async () => (await import('./en/clients.ts')).clients,
    counting: async () => (await import('./en/stock.ts')).stock,
    import: async () => (await import('./en/import.ts')).importing,
    inventory: async () => (await import('./en/inventory.ts')).inventory,
    order: async () => (await import('./en/order.ts')).order,
    orders: async () => (await import('./en/orders.ts')).orders,
    overview: async () => (await import('./en/overview.ts')).overview,
    queue: async () => (await import('./en/queue-drawer.ts')).queueDrawer,
    settings: async () => (await import('./en/settings.ts')).settings,
    setup: async () => (await import('./en/setup.ts')).setup,
    'sign-in': async () => (await import('./en/sign-in.ts')).signIn,
  },
  es: {
    activity: async () => (await import('./es/activity.ts')).activity,
    base: async () => (await import('./es/base.ts')).base,
    clients: async () => (await import('./es/clients.ts')).clients,
    counting: async () => (await import('./es/stock.ts')).stock,
    import: async () => (await import('./es/import.ts')).importing,
    inventory: async () => (await import('./es/inventory.ts')).inventory,
    order: async () => (await import('./es/order.ts')).order,
    orders: async () => (await import('./es/orders.ts')).orders,
    overview: async () => (await import('./es/overview.ts')).overview,
    queue: async () => (await import('./es/queue-drawer.ts')).queueDrawer,
    settings: async () => (await import('./es/settings.ts')).settings,
    setup: async () => (await import('./es/setup.ts')).setup,
    'sign-in': async () => (await import('./es/sign-in.ts')).signIn,
  },
};
