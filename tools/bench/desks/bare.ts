import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { BARE_ZONE, type Goods } from './goods.ts';

const CONNECTIONS = 10;

const CLAIM = `INSERT INTO command (user_id, command_id, name, input_hash, at)
  VALUES ('bare', $1, 'place_order', 'none', now()) ON CONFLICT DO NOTHING`;
const LEVEL = `UPDATE stock_level SET reserved = reserved + 1 WHERE zone = '${BARE_ZONE}' AND product_id = $1`;
const HEAD = `INSERT INTO topic (name, head) VALUES ('bare', 1)
  ON CONFLICT (name) DO UPDATE SET head = topic.head + 1 RETURNING head`;
const EVENT = `INSERT INTO event (topic, seq, id, type, data, at, user_id, command_id)
  VALUES ('bare', $1, $2, 'order_created', $3, now(), 'bare', $4)`;

/**
 * What a program without batches cannot do with less: claim the command, take the goods, take a place in the topic, write
 * the event. In the desk's own tables, on rows of its own.
 */
export class Bare {
  readonly #pool: pg.Pool;
  readonly #products: readonly string[];
  readonly #data: string;

  constructor(databaseUrl: string, { products, event }: Goods) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
    this.#products = products;
    this.#data = JSON.stringify(event.data);
  }

  /** @returns the event's place, after the commit */
  async run(which: number, commandId: string = randomUUID()): Promise<number> {
    const connection = await this.#pool.connect();
    try {
      await connection.query('BEGIN');
      await connection.query({ name: 'claim', text: CLAIM, values: [commandId] });
      const productId = this.#products[which % this.#products.length];
      await connection.query({ name: 'level', text: LEVEL, values: [productId] });
      const { rows } = await connection.query<{ head: string }>({ name: 'head', text: HEAD });
      const seq = Number(rows[0]?.head);
      const values = [seq, randomUUID(), this.#data, commandId];
      await connection.query({ name: 'event', text: EVENT, values });
      await connection.query('COMMIT');
      connection.release();
      return seq;
    } catch (error) {
      // Whatever it was in the middle of ends with it.
      connection.release(true);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
