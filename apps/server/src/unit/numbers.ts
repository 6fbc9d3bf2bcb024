import type { Sql } from '../database/sql.ts';

const TAKE = {
  name: 'take numbers',
  text: `SELECT nextval('order_number_seq')::int AS number FROM generate_series(1, $1::int)`,
};

/**
 * Order numbers that nobody else gets. They are taken before it is known which orders come to be, so that they cost no
 * round trip of their own; those of refused orders are the next ones' and leave no hole, but for a process that ends.
 */
export class OrderNumbers {
  private spare: number[] = [];

  /** @returns as many as are wanted, rising */
  async take(sql: Sql, wanted: number): Promise<number[]> {
    const own = this.spare.splice(0, wanted);
    const lacking = wanted - own.length;
    if (lacking <= 0) return own;
    try {
      const rows = await sql.rows<{ number: number }>(TAKE, [lacking]);
      return [...own, ...rows.map(({ number }) => number)];
    } catch (error) {
      this.giveBack(own);
      throw error;
    }
  }

  /** Those of which it is certain that no order has them. */
  giveBack(numbers: readonly number[]): void {
    if (numbers.length > 0) this.spare = [...numbers, ...this.spare].sort((a, b) => a - b);
  }
}
