/** What was read before the locks no longer holds under them: the bus runs the whole handler again. */
export class Contention extends Error {
  override readonly name = 'Contention';
  /** SQLSTATE serialization_failure, which is what it is. */
  readonly code = '40001';
}
