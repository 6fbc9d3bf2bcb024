/** The import cannot go on, and whoever started it can do something about it: the message says what. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
