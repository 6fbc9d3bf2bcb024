import { type Level, later, type Movement, type MovementKind, topicName } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { conflict } from '../errors.ts';
import type { CommandTx } from '../log/command-tx.ts';

export interface Place {
  readonly zone: string;
  readonly productId: string;
}

export interface Change {
  readonly kind: MovementKind;
  readonly onHand?: number;
  readonly reserved?: number;
  readonly reorderPoint?: number;
  readonly reason?: string | null;
  readonly orderId?: string | null;
  readonly returnId?: string | null;
  /** When it happened, where that was not now. */
  readonly at?: Date;
}

/** What a level can hold, well inside PostgreSQL's INTEGER. */
export const MOST_PIECES = 2_000_000_000;

const keyOf = ({ zone, productId }: Place): string => `${zone} ${productId}`;

/**
 * The stock levels that a command works on, locked. `move` changes them in memory; `save` writes levels, ledger and
 * events together, so that none of the three can be had without the others [L4][S2].
 */
export class Stock {
  private readonly levels = new Map<string, Level>();
  private readonly pending: { level: Level; movement: Movement }[] = [];
  /** Levels of places that had none before this command. */
  private readonly isNew = new Set<string>();
  private readonly tx: CommandTx;
  private readonly userId: string | null;
  private readonly created: readonly Place[];

  private constructor(
    tx: CommandTx,
    userId: string | null,
    levels: readonly Level[],
    created: readonly Place[],
  ) {
    this.tx = tx;
    this.created = created;
    for (const place of created) this.isNew.add(keyOf(place));
    this.userId = userId;
    for (const level of levels) this.levels.set(keyOf(level), level);
  }

  /**
   * Locks all levels of these products, always in the order (zone, product), after any order has been locked.
   * `create` names places that must have a level: their zone and product must exist.
   */
  static async lock(
    tx: CommandTx,
    userId: string | null,
    productIds: readonly string[],
    create: readonly Place[] = [],
  ): Promise<Stock> {
    const levels = await lockLevels(tx.db, productIds);
    const held = new Set(levels.map(keyOf));
    const missing = create.filter((place) => !held.has(keyOf(place)));
    if (missing.length === 0) return new Stock(tx, userId, levels, []);
    const created = await createLevels(tx.db, missing);
    // Somebody else may have made one meanwhile; it is there and locked now. Locks held already cost nothing.
    return new Stock(tx, userId, await lockLevels(tx.db, productIds), created);
  }

  /** The levels of a product, those with most available first. */
  of(productId: string): Level[] {
    return [...this.levels.values()]
      .filter((level) => level.productId === productId)
      .sort((a, b) => b.onHand - b.reserved - (a.onHand - a.reserved) || (a.zone < b.zone ? -1 : 1));
  }

  at(place: Place): Level {
    return (
      this.levels.get(keyOf(place)) ?? {
        zone: place.zone,
        productId: place.productId,
        onHand: 0,
        reserved: 0,
        reorderPoint: 0,
      }
    );
  }

  move(place: Place, change: Change): Level {
    const before = this.at(place);
    const movement: Movement = {
      id: this.tx.newId(),
      kind: change.kind,
      onHandDelta: change.onHand ?? 0,
      reservedDelta: change.reserved ?? 0,
      reorderPointDelta: change.reorderPoint ?? 0,
      reason: change.reason ?? null,
      orderId: change.orderId ?? null,
      returnId: change.returnId ?? null,
      at: (change.at ?? this.tx.now).toISOString(),
    };
    const level: Level = {
      ...before,
      onHand: before.onHand + movement.onHandDelta,
      reserved: before.reserved + movement.reservedDelta,
      reorderPoint: before.reorderPoint + movement.reorderPointDelta,
      updatedAt: later(this.tx.now.toISOString(), before.updatedAt ?? ''),
    };
    if (level.onHand > MOST_PIECES)
      throw conflict(`A level holds at most ${MOST_PIECES} pieces.`, { level: before });
    this.levels.set(keyOf(place), level);
    this.pending.push({ level, movement });
    return level;
  }

  /** Call it once, last: also when nothing was moved, as places that were made ready in vain are taken back. */
  async save(): Promise<void> {
    await this.dropUnused();
    if (this.pending.length === 0) return;
    const { db } = this.tx;
    const changed = [...new Map(this.pending.map(({ level }) => [keyOf(level), level])).keys()].map((key) => {
      const level = this.levels.get(key);
      if (!level) throw new Error(`Level ${key} was moved but is not held.`);
      return level;
    });
    const moves = this.pending;
    const [{ updated } = { updated: 0 }] = await db.$queryRaw<{ updated: number }[]>`
      WITH moved AS (
        UPDATE stock_level SET on_hand = u.on_hand, reserved = u.reserved, reorder_point = u.reorder_point,
                               updated_at = u.updated_at
        FROM unnest(
          ${changed.map((l) => l.zone)}::text[], ${changed.map((l) => l.productId)}::uuid[],
          ${changed.map((l) => l.onHand)}::int[], ${changed.map((l) => l.reserved)}::int[],
          ${changed.map((l) => l.reorderPoint)}::int[], ${changed.map((l) => l.updatedAt)}::timestamptz[]
        ) AS u (zone, product_id, on_hand, reserved, reorder_point, updated_at)
        WHERE stock_level.zone = u.zone AND stock_level.product_id = u.product_id
        RETURNING 1
      ), entered AS (
        INSERT INTO stock_movement (id, zone, product_id, kind, on_hand_delta, reserved_delta, reorder_point_delta,
                                    reason, order_id, return_id, user_id, at)
        SELECT m.id, m.zone, m.product_id, m.kind, m.on_hand, m.reserved, m.reorder_point, m.reason, m.order_id,
               m.return_id, ${this.userId}, m.at
        FROM unnest(
          ${moves.map((m) => m.movement.id)}::uuid[], ${moves.map((m) => m.level.zone)}::text[],
          ${moves.map((m) => m.level.productId)}::uuid[], ${moves.map((m) => m.movement.kind)}::text[],
          ${moves.map((m) => m.movement.onHandDelta)}::int[], ${moves.map((m) => m.movement.reservedDelta)}::int[],
          ${moves.map((m) => m.movement.reorderPointDelta)}::int[], ${moves.map((m) => m.movement.reason)}::text[],
          ${moves.map((m) => m.movement.orderId)}::uuid[], ${moves.map((m) => m.movement.returnId)}::uuid[],
          ${moves.map((m) => m.movement.at)}::timestamptz[]
        ) AS m (id, zone, product_id, kind, on_hand, reserved, reorder_point, reason, order_id, return_id, at)
      )
      SELECT count(*)::int AS updated FROM moved`;
    if (updated !== changed.length) throw new Error('A level was moved that has no row.');
    for (const { level, movement } of this.pending) {
      const created = this.isNew.delete(keyOf(level));
      this.tx.record('inventory_updated', topicName('inventory', { zone: level.zone }), {
        level,
        movement,
        ...(created && { created }),
      });
    }
    this.pending.length = 0;
  }

  /** A level without a movement would be state without its event [L4]. */
  private async dropUnused(): Promise<void> {
    const moved = new Set(this.pending.map(({ level }) => keyOf(level)));
    const unused = this.created.filter((place) => !moved.has(keyOf(place)));
    if (unused.length > 0)
      await this.tx.db.stockLevel.deleteMany({
        where: { OR: unused.map(({ zone, productId }) => ({ zone, productId })) },
      });
  }
}

/** @returns the places whose level was not there and is now */
function createLevels(db: Tx, places: readonly Place[]): Promise<Place[]> {
  return db.$queryRaw<Place[]>`
    INSERT INTO stock_level (zone, product_id)
    SELECT DISTINCT zone, product_id
    FROM unnest(${places.map((p) => p.zone)}::text[], ${places.map((p) => p.productId)}::uuid[]) AS p (zone, product_id)
    ORDER BY zone, product_id
    ON CONFLICT DO NOTHING
    RETURNING zone, product_id AS "productId"`;
}

async function lockLevels(db: Tx, productIds: readonly string[]): Promise<Level[]> {
  const rows = await db.$queryRaw<(Omit<Level, 'updatedAt'> & { updatedAt: Date })[]>`
    SELECT zone, product_id AS "productId", on_hand AS "onHand", reserved, reorder_point AS "reorderPoint",
           updated_at AS "updatedAt"
    FROM stock_level WHERE product_id = ANY(${[...new Set(productIds)]}::uuid[])
    ORDER BY zone, product_id FOR UPDATE`;
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}
