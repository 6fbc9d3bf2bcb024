import type { Actor, Money, QueryDefinition, QueryName } from '@almenara/events';
import type { z } from 'zod';
import type { Tx } from '../database/client.ts';

export type Cell = string | number | boolean | null;

/** Answers a query of the contract; its parameters have been parsed. */
export type Ask = (name: QueryName, params: unknown, actor: Actor) => Promise<unknown>;

/** A list as a table; its filters and who may read it are those of its query. */
export interface ExportTable {
  readonly name: QueryName;
  readonly columns: readonly string[];
  readonly roles: QueryDefinition['roles'];
  readonly params: z.ZodType<Record<string, unknown>>;
  page(
    ask: Ask,
    db: Tx,
    params: object,
    actor: Actor,
  ): Promise<{ rows: Cell[][]; nextCursor: string | null }>;
}

export function exportTable<N extends QueryName, P extends z.ZodType<Record<string, unknown>>, T>(
  definition: QueryDefinition<N, P, z.ZodType<{ items: T[]; nextCursor: string | null }>>,
  columns: readonly string[],
  toRows: (items: readonly T[], db: Tx) => Cell[][] | Promise<Cell[][]>,
): ExportTable {
  const { name, roles, params, result } = definition;
  return {
    name,
    columns,
    roles,
    params,
    page: async (ask, db, filters, actor) => {
      const { items, nextCursor } = result.parse(await ask(name, filters, actor));
      return { rows: await toRows(items, db), nextCursor };
    },
  };
}

const digits = new Map<string, number>();
function digitsOf(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const found = format.resolvedOptions().maximumFractionDigits ?? 2;
  digits.set(currency, found);
  return found;
}

/** Minor units as people write them, worked on digits: 1999 EUR is 19.99, 500 JPY is 500. */
export function decimal({ amount, currency }: Money): string {
  const places = digitsOf(currency);
  const text = String(amount).padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
