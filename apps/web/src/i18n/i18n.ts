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

/** What has been said, of each language; texts are only ever added. */
const books: Readonly<Record<Language, Map<string, string>>> = { en: new Map(), es: new Map() };
const wanted = new Set<Part>();
let chosen: Language = 'en';
/** What is on the screen. */
let spoken: Language | null = null;

async function read(language: Language, parts: Iterable<Part>): Promise<void> {
  const trees = await Promise.all(Array.from(parts, (part) => LOADERS[language][part]()));
  for (const tree of trees) for (const [key, text] of flat(tree)) books[language].set(key, text);
}

/** Of two changes at once the later is the one that stays. */
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

/** More to say in the language that is read, and in one that is on its way: what is on the screen is not drawn anew for it. */
async function add(parts: readonly Part[]): Promise<void> {
  for (const part of parts) wanted.add(part);
  const languages = new Set([spoken ?? chosen, chosen]);
  await Promise.all(Array.from(languages, (language) => read(language, parts)));
  // Another was chosen meanwhile, perhaps before it knew of these.
  if (!languages.has(chosen)) await add(parts);
}

export async function startI18n(
  language = preferredLanguage(navigator.languages),
  parts: readonly Part[] = ['base'],
): Promise<void> {
  for (const part of parts) wanted.add(part);
  await speak(language);
}

/** What `load` gives, once its texts are there too: it is not drawn before. */
export const withTexts =
  <T>(parts: readonly Part[], load: () => Promise<T>) =>
  async (): Promise<T> => {
    const [part] = await Promise.all([load(), add(parts)]);
    return part;
  };

/** Where its texts are not to be had now, it is spoken from the next time on that the app is opened. */
export async function chooseLanguage(language: Language): Promise<void> {
  kept.set(language);
  await speak(language).catch(() => {});
}
