/** One part of the work: statements for the desk's own session, in which the parts before have left temporary tables. */
export interface Step {
  /** What it makes, for people. */
  readonly name: string;
  readonly sql: string;
}
