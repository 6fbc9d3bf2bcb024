import { PASSWORD_HINTS, type PasswordHint } from '@almenara/events';
import type { TranslationKeys, ZxcvbnFactory } from '@zxcvbn-ts/core';
import { Refused } from '../errors.ts';

/**
 * Fewer guesses than this are refused. A common word with a year or some signs at its end comes to ten million; and
 * whoever guesses here gets through some hundreds a day.
 */
const MIN_GUESSES = 2e7;
/** It takes longer the longer they are; of a longer one the beginning and the end are looked at. */
const MOST_LETTERS = 32;
/** Spellings like p4$$w0rd that are tried of one password: its time grows with them. */
const SPELLINGS = 8;

/** What zxcvbn warns of, told as one of our hints. */
const WARNINGS: Record<keyof TranslationKeys['warnings'], PasswordHint> = {
  topTen: 'common',
  topHundred: 'common',
  common: 'common',
  similarToCommon: 'common',
  pwned: 'common',
  userInputs: 'personal',
  straightRow: 'pattern',
  keyPattern: 'pattern',
  sequences: 'pattern',
  simpleRepeat: 'pattern',
  extendedRepeat: 'pattern',
  recentYears: 'date',
  dates: 'date',
  namesByThemselves: 'name',
  commonNames: 'name',
  wordByItself: 'word',
};

const MESSAGES: Readonly<Record<PasswordHint, string>> = {
  common: 'This is one of the passwords that are tried first. Put three or four unrelated words together.',
  personal: 'This is your name, address or company. Put three or four unrelated words together.',
  pattern: 'This is a row of keys, a sequence or a repetition. Put three or four unrelated words together.',
  date: 'Dates and years are easy to guess. Put three or four unrelated words together.',
  name: 'Names are easy to guess. Put three or four unrelated words together.',
  word: 'Single words are easy to guess. Put three or four unrelated words together.',
};

let loading: Promise<ZxcvbnFactory> | null = null;

/** The dictionaries take some 30 MB: only where somebody sets a password, and once. */
async function estimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english, spanish] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
    import('@zxcvbn-ts/language-es-es'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary, ...spanish.dictionary },
    graphs: common.adjacencyGraphs,
    translations: { ...english.translations, warnings: WARNINGS },
    l33tMaxSubstitutions: SPELLINGS,
  });
}

/** Why a password is too easy to guess, or null; `about` is what others know of whoever sets it. */
export async function weaknessOf(
  password: string,
  about: readonly (string | null | undefined)[],
): Promise<PasswordHint | null> {
  loading ??= estimator().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  const zxcvbn = await loading;
  const half = MOST_LETTERS / 2;
  const looked = password.length > MOST_LETTERS ? password.slice(0, half) + password.slice(-half) : password;
  const { guesses, feedback } = zxcvbn.check(looked, wordsOf(about));
  if (guesses >= MIN_GUESSES) return null;
  // It has no warning for a word with something at its end.
  return PASSWORD_HINTS.find((hint) => hint === feedback.warning) ?? 'word';
}

/** Names, addresses, their parts, and names written as one word. */
function wordsOf(about: readonly (string | null | undefined)[]): string[] {
  const texts = about.flatMap((text) => text ?? []);
  const parts = texts.flatMap((text) => text.split(/[\s@._+-]+/).filter((part) => part.length >= 3));
  const joined = texts.map((text) => text.replaceAll(/\s+/g, ''));
  return [...new Set(['almenara', ...texts, ...parts, ...joined].map((text) => text.toLowerCase()))];
}

/** Wherever a password is set; throws `invalid` with the field at `path` and a hint. */
export async function requireStrongPassword(
  password: string,
  path: string,
  about: readonly (string | null | undefined)[],
): Promise<void> {
  const hint = await weaknessOf(password, about);
  if (hint === null) return;
  const message = MESSAGES[hint];
  throw new Refused('invalid', message, {
    details: { fields: [{ path, message }], reason: 'weak_password', hint },
  });
}
