import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { stored } from '../settings/stored.ts';
import type { Messages } from './messages.ts';
import { orderInText } from './order-name.ts';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOADERS: Record<Language, () => Promise<Messages>> = {
  en: async () => (await import('./en/index.ts')).en,
  es: async () => (await import('./es/index.ts')).es,
};

const kept = stored('almenara.language', LANGUAGES);
const isLanguage = (code: string): code is Language => LANGUAGES.some((language) => language === code);

/** The one chosen before, or else the first of the browser's that we speak. */
function preferredLanguage(browser: readonly string[]): Language {
  const spoken = browser.map((tag) => tag.split('-')[0] ?? '').find(isLanguage);
  return kept.get() ?? spoken ?? 'en';
}

/** Each language is a file of its own; only the one that is read is loaded. */
const files: BackendModule = {
  type: 'backend',
  init: () => {},
  read: (language, _namespace, done) => {
    if (!isLanguage(language)) {
      done(new Error(`No texts in ${language}`), null);
      return;
    }
    LOADERS[language]().then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : String(error), null),
    );
  },
};

export async function startI18n(language = preferredLanguage(navigator.languages)): Promise<void> {
  i18next.on('languageChanged', (code) => {
    document.documentElement.lang = code;
  });
  await i18next
    .use(files)
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  i18next.services.formatter?.add('order', orderInText);
}

export async function chooseLanguage(language: Language): Promise<void> {
  kept.set(language);
  await i18next.changeLanguage(language);
}
