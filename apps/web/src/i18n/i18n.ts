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

/** The language on the screen, and its translator. */
export const i18n = createStore<I18n>(() => ({ language: 'en', t: translator('en', new Map()) }));

/** The texts loaded so far, by language; they are never removed. */
const books: Readonly<Record<Language, Map<string, string>>> = { en: new Map(), es: new Map() };
const wanted = new Set<Part>();
let chosen: Language = 'en';
/** The language on the screen: that of `chosen` may still be loading. */
let spoken: Language | null = null;

async function read(language: Language, parts: Iterable<Part>): Promise<void> {
  const trees = await Promise.all(Array.from(parts, (part) => LOADERS[language][part]()));
  for (const tree of trees) for (const [key, text] of flat(tree)) books[language].set(key, text);
}

/** Changes the language once its texts are loaded. If it is changed again meanwhile, the later choice stays. */
async function speak(language: Language): Promise<void> {
  chosen = language;
  try {
    await read(language, wanted);
  } catch (failure) {
    if (chosen === language) chosen = spoken ?? language;
    throw failure;
  }
  if (chosen !== language) return;
  spoken = language;
  document.documentElement.lang = language;
  i18n.setState({ language, t: translator(language, books[language]) });
}

/**
 * Loads more parts, in the language on the screen and in one that is being loaded. Nothing is drawn again for
 * it: what needs them has not been drawn.
 */
async function add(parts: readonly Part[]): Promise<void> {
  for (const part of parts) wanted.add(part);
  const languages = new Set([spoken ?? chosen, chosen]);
  await Promise.all(Array.from(languages, (language) => read(language, parts)));
  // The language was changed meanwhile, perhaps before these parts were added to `wanted`.
  if (!languages.has(chosen)) await add(parts);
}

export async function startI18n(
  language = preferredLanguage(navigator.languages),
  parts: readonly Part[] = ['base'],
): Promise<void> {
  for (const part of parts) wanted.add(part);
  await speak(language);
}

/** Loads a part of the app together with its texts, so that it is never drawn without them. */
export const withTexts =
  <T>(parts: readonly Part[], load: () => Promise<T>) =>
  async (): Promise<T> => {
    const [part] = await Promise.all([load(), add(parts)]);
    return part;
  };

/** Changes the language. If its texts cannot be loaded now, the app opens in it the next time. */
export async function chooseLanguage(language: Language): Promise<void> {
  kept.set(language);
  await speak(language).catch(() => {});
}
