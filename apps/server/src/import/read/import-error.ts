import type { ImportTrouble } from '@almenara/events';

/** The import cannot go on, and whoever started it can do something about it: the message says what. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  /** Null for what is said only on the command line. */
  readonly trouble: ImportTrouble | null;

  constructor(message: string, trouble: ImportTrouble | null = null) {
    super(message);
    this.trouble = trouble;
  }
}
