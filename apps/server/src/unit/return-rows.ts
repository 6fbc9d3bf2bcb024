import { Return } from '@almenara/events';
import { type Bound, columns, type Sql } from '../database/sql.ts';
import { Added, type Journal } from './rows.ts';

const READ = {
  name: 'read returns',
  text: `
    SELECT id, reference, client_id AS "clientId", client_name AS "clientName", order_id AS "orderId", reason, lines,
           created_at AS "createdAt"
    FROM "return" WHERE order_id = ANY($1::uuid[])`,
};
const INSERT = {
  name: 'insert returns',
  text: `
    INSERT INTO "return" (id, reference, client_id, client_name, order_id, reason, lines, created_at)
    SELECT id, reference, client_id, client_name, order_id, reason, lines::jsonb, created_at
    FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[])
      AS r (id, reference, client_id, client_name, order_id, reason, lines, created_at)`,
};

type ReturnRow = Omit<Return, 'lines' | 'createdAt'> & { readonly lines: unknown; readonly createdAt: Date };

export const toReturn = ({ lines, createdAt, ...row }: ReturnRow): Return => ({
  ...row,
  lines: Return.shape.lines.parse(lines),
  createdAt: createdAt.toISOString(),
});

/** The returns that a transaction makes, and those of the orders that it asks for. The orders are locked. */
export class ReturnRows {
  private readonly earlier: Return[] = [];
  private readonly made: Added<Return>;

  constructor(journal: Journal) {
    this.made = new Added(journal);
  }

  async load(sql: Sql, orderIds: readonly string[]): Promise<void> {
    if (orderIds.length === 0) return;
    for (const row of await sql.rows<ReturnRow>(READ, [orderIds])) this.earlier.push(toReturn(row));
  }

  of(orderId: string): Return[] {
    return [...this.earlier, ...this.made.all].filter((one) => one.orderId === orderId);
  }

  add(one: Return): void {
    this.made.add(one);
  }

  *writes(): Generator<Bound> {
    const returns = this.made.all;
    if (returns.length === 0) return;
    yield {
      statement: INSERT,
      values: columns(returns, [
        (one) => one.id,
        (one) => one.reference,
        (one) => one.clientId,
        (one) => one.clientName,
        (one) => one.orderId,
        (one) => one.reason,
        (one) => JSON.stringify(one.lines),
        (one) => one.createdAt,
      ]),
    };
  }
}
