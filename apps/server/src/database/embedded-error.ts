/** The embedded PostgreSQL cannot be used; the message is written for the person who runs the server. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
