/** The replay cannot go on, and whoever started it can do something about it: the message says what. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}
