import type { Level, Movement } from '@almenara/events';
import { type Bound, columns, type Sql } from '../database/sql.ts';
import { type Place, placeKey } from './needs.ts';
import { Added, Contention, type Journal, Rows } from './rows.ts';

const CREATE = {
  name: 'create levels',
  text: `
    INSERT INTO stock_level (zone, product_id)
    SELECT DISTINCT p.zone, p.product_id FROM unnest($1::text[], $2::uuid[]) AS p (zone, product_id)
    JOIN zone ON zone.code = p.zone JOIN product ON product.id = p.product_id AND product.stocked
    WHERE NOT EXISTS (SELECT 1 FROM stock_level l WHERE l.zone = p.zone AND l.product_id = p.product_id)
    ORDER BY p.zone, p.product_id
    ON CONFLICT DO NOTHING
    RETURNING zone, product_id AS "productId"`,
};
const LOCK = {
  name: 'lock levels',
  text: `
    SELECT zone, product_id AS "productId", on_hand AS "onHand", reserved, reorder_point AS "reorderPoint",
           updated_at AS "updatedAt"
    FROM stock_level WHERE product_id = ANY($1::uuid[]) ORDER BY zone, product_id FOR NO KEY UPDATE`,
};
/** An entry of a level that has no row is refused by its foreign key. */
const WRITE = {
  name: 'write levels',
  text: `
    WITH moved AS (
      UPDATE stock_level SET on_hand = u.on_hand, reserved = u.reserved, reorder_point = u.reorder_point,
        updated_at = u.updated_at
      FROM unnest($1::text[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::timestamptz[])
        AS u (zone, product_id, on_hand, reserved, reorder_point, updated_at)
      WHERE stock_level.zone = u.zone AND stock_level.product_id = u.product_id
    )
    INSERT INTO stock_movement (id, zone, product_id, kind, on_hand_delta, reserved_delta, reorder_point_delta, reason,
                                order_id, return_id, user_id, at)
    SELECT * FROM unnest($7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::int[], $12::int[], $13::int[], $14::text[],
                         $15::uuid[], $16::uuid[], $17::text[], $18::timestamptz[])`,
};
const DROP = {
  name: 'drop levels',
  text: `
    DELETE FROM stock_level USING unnest($1::text[], $2::uuid[]) AS p (zone, product_id)
    WHERE stock_level.zone = p.zone AND stock_level.product_id = p.product_id`,
};

/** An entry of the ledger that is to be written. */
export interface Entry extends Place {
  readonly movement: Movement;
  readonly userId: string | null;
}

/** The levels that a transaction holds, always all of a product, and what it adds to the ledger. */
export class LevelRows {
  private readonly rows: Rows<Level>;
  private readonly products = new Map<string, Set<string>>();
  private readonly entries: Added<Entry>;
  private created: readonly Place[] = [];

  constructor(journal: Journal) {
    this.rows = new Rows('Level', journal);
    this.entries = new Added(journal);
  }

  /**
   * Locks all levels of these products in the order (zone, product), after those that must be there have been made: a
   * place of which nothing can be kept gets none.
   */
  async load(sql: Sql, productIds: readonly string[], places: readonly Place[]): Promise<void> {
    if (productIds.length === 0) return;
    const creating =
      places.length === 0
        ? Promise.resolve([])
        : sql.rows<Place>(CREATE, [places.map(({ zone }) => zone), places.map(({ productId }) => productId)]);
    const locking = sql.rows<Omit<Level, 'updatedAt'> & { updatedAt: Date }>(LOCK, [productIds]);
    const [created, levels] = await Promise.all([creating, locking]);
    this.created = [...this.created, ...created];
    for (const id of productIds) if (!this.products.has(id)) this.products.set(id, new Set());
    const fresh = new Set(created.map(placeKey));
    for (const { updatedAt, ...level } of levels) {
      const key = placeKey(level);
      // A level that nothing has happened to has no time yet.
      this.rows.hold(key, fresh.has(key) ? level : { ...level, updatedAt: updatedAt.toISOString() });
      this.products.get(level.productId)?.add(key);
    }
  }

  /** @throws Contention for a product that was not named */
  of(productId: string): Level[] {
    const keys = this.products.get(productId);
    if (!keys) throw new Contention(`The levels of ${productId} were not read.`);
    return [...keys].flatMap((key) => this.rows.get(key) ?? []);
  }

  /** Null where nothing of it was ever kept there, and it was not named as a place. */
  at(place: Place): Level | null {
    if (!this.products.has(place.productId))
      throw new Contention(`The levels of ${place.productId} were not read.`);
    const key = placeKey(place);
    return this.rows.isHeld(key) ? this.rows.get(key) : null;
  }

  /** The level after an entry, and the entry: neither is written without the other [S2]. */
  move(level: Level, entry: Entry): void {
    this.rows.put(placeKey(level), level);
    this.entries.add(entry);
  }

  *writes(): Generator<Bound> {
    const entries = this.entries.all;
    const moved = new Set(entries.map(placeKey));
    // A level without a movement would be state without its event [L4].
    const unused = this.created.filter((place) => !moved.has(placeKey(place)));
    if (unused.length > 0)
      yield { statement: DROP, values: columns(unused, [({ zone }) => zone, ({ productId }) => productId]) };
    if (entries.length === 0) return;
    const levels = [...moved].flatMap((key) => this.rows.get(key) ?? []);
    yield {
      statement: WRITE,
      values: [
        ...columns(levels, [
          (level) => level.zone,
          (level) => level.productId,
          (level) => level.onHand,
          (level) => level.reserved,
          (level) => level.reorderPoint,
          (level) => level.updatedAt,
        ]),
        ...columns(entries, [
          ({ movement }) => movement.id,
          (entry) => entry.zone,
          (entry) => entry.productId,
          ({ movement }) => movement.kind,
          ({ movement }) => movement.onHandDelta,
          ({ movement }) => movement.reservedDelta,
          ({ movement }) => movement.reorderPointDelta,
          ({ movement }) => movement.reason,
          ({ movement }) => movement.orderId,
          ({ movement }) => movement.returnId,
          (entry) => entry.userId,
          ({ movement }) => movement.at,
        ]),
      ],
    };
  }

  /** How often a level has been counted or found short here. */
  correctionsAt(place: Place): number {
    const key = placeKey(place);
    return this.entries.all.filter(
      (entry) => placeKey(entry) === key && ['count', 'shortage'].includes(entry.movement.kind),
    ).length;
  }
}
