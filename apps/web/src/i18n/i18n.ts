import { createStore } from 'zustand/vanilla';
import { stored } from '../settings/stored.ts';
import { LANGUAGES, type Language, LOADERS, type Part } from './parts.ts';
import { flat, type Translate, translator } from './texts.ts';

export { LANGUAGES, type Language };

interface I18n {
  readonly language: Language;
  readonly t: Translate;
}

const kept = stored('almenara.language', LANGUAGES);
const isLanguage = (code: string): code is Language => LANGUAGES.some((language) => language === code);

/** The one chosen before, or else the first of the browser's that we speak. */
function preferredLanguage(browser: readonly string[]): Language {
  const spoken = browser.map((tag) => tag.split('-')[0] ?? '').find(isLanguage);
  return kept.get() ?? spoken ?? 'en';
}

/** What is said, and how. */
export const i18n = createStore<I18n>(() => ({ language: 'en', t: translator('en', new Map()) }));

const loaded = new Set<Part>();
let chosen: Language = 'en';

/** Loads what is not there yet; of two changes at once the later is the one that stays. */
async function speak(language: Language, parts: Iterable<Part>): Promise<void> {
  for (const part of parts) loaded.add(part);
  chosen = language;
  const trees = await Promise.all([...loaded].map((part) => LOADERS[language][part]()));
  if (chosen !== language) return;
  const texts = new Map(trees.flatMap((tree) => [...flat(tree)]));
  document.documentElement.lang = language;
  i18n.setState({ language, t: translator(language, texts) });
}

export const startI18n = (
  language = preferredLanguage(navigator.languages),
  parts: readonly Part[] = ['base'],
): Promise<void> => speak(language, parts);

/** What `load` gives, once its texts are there too: a page is not drawn before. */
export const withTexts =
  <T>(parts: readonly Part[], load: () => Promise<T>) =>
  async (): Promise<T> => {
    const missing = parts.filter((part) => !loaded.has(part));
    const [page] = await Promise.all([load(), missing.length > 0 && speak(chosen, missing)]);
    return page;
  };

export async function chooseLanguage(language: Language): Promise<void> {
  kept.set(language);
  await speak(language, []);
}
