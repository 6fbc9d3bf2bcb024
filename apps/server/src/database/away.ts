/**
 * The database is not to be had. It carries PostgreSQL's own code for "cannot connect now" (57P03), so that it reads
 * the same wherever Prisma has put it.
 */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway';
  readonly code = '57P03';
}
