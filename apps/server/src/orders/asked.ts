import type { Prisma } from '../database/client.ts';
import type { Total } from '../database/paging.ts';

export interface Page {
  readonly ids: readonly string[];
  readonly total: Total;
}

export interface Asked {
  /** Conditions, key and order of table `"order" o`. */
  readonly where: Prisma.Sql;
  readonly after: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
  readonly take: number;
}
