import type { Tree } from './texts.ts';

type Load = () => Promise<Tree>;

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The texts come in files: `base` with every page, the others with the pages that say them, so that nobody waits for
 * texts of where he is not. Each language has files of its own; only those of the one that is read are loaded.
 */
export const PARTS = ['base', 'counting', 'import', 'settings', 'setup'] as const;
export type Part = (typeof PARTS)[number];

export const LOADERS: Readonly<Record<Language, Readonly<Record<Part, Load>>>> = {
  en: {
    base: async () => (await import('./en/base.ts')).base,
    counting: async () => (await import('./en/stock.ts')).stock,
    import: async () => (await import('./en/import.ts')).importing,
    settings: async () => (await import('./en/settings.ts')).settings,
    setup: async () => (await import('./en/setup.ts')).setup,
  },
  es: {
    base: async () => (await import('./es/base.ts')).base,
    counting: async () => (await import('./es/stock.ts')).stock,
    import: async () => (await import('./es/import.ts')).importing,
    settings: async () => (await import('./es/settings.ts')).settings,
    setup: async () => (await import('./es/setup.ts')).setup,
  },
};
