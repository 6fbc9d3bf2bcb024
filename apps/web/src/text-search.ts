import { fold } from '@almenara/events';

type Text = string | null | undefined;

export interface TextSearchOptions {
  /**
   * `ignored`: who types `cafe` finds `Café`. For searches that go by what people remember; the lists keep to what the
   * server's searches find, to which an accent is part of its letter.
   */
  readonly accents?: 'ignored';
}

/** What somebody looks for in texts of this browser: as the server looks for it, in any of the texts, whatever the case. */
export interface TextSearch {
  /** What was typed, as `read` gives it; empty where nothing was. */
  readonly wanted: string;
  /** A text as this search compares it. */
  read(text: string): string;
  /** Whether one of the texts holds it. Nothing typed is found everywhere. */
  finds(...texts: readonly Text[]): boolean;
  /** The same in texts that were read before: see `folded`. */
  findsIn(folded: string): boolean;
  /** Whether it is the whole of one of the texts. */
  is(...texts: readonly Text[]): boolean;
}

/** Several texts as one that `findsIn` takes, to be kept where many are searched with every key; as the columns of the server. */
export const folded = (...texts: readonly Text[]): string => fold(texts.map((text) => text ?? '').join('\n'));

const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{Diacritic}/gu, '');

export function textSearch(typed: string, { accents }: TextSearchOptions = {}): TextSearch {
  const read = accents === 'ignored' ? (text: string) => fold(withoutAccents(text)) : fold;
  const wanted = read(typed.trim());
  const some = (texts: readonly Text[], fits: (text: string) => boolean): boolean =>
    texts.some((text) => text != null && fits(read(text)));
  return {
    wanted,
    read,
    finds: (...texts) => wanted === '' || some(texts, (text) => text.includes(wanted)),
    findsIn: (text) => text.includes(wanted),
    is: (...texts) => some(texts, (text) => text === wanted),
  };
}
