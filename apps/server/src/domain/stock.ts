import { type Level, later, type Movement, type MovementKind, topicName } from '@almenara/events';
import { conflict } from '../errors.ts';
import type { Place } from '../unit/needs.ts';
import type { Work } from '../unit/work.ts';

export type { Place };

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

/**
 * The stock levels that a command works on. `move` changes a level and enters it in the ledger, neither without the
 * other [S2]; `tell` records what happened to them.
 */
export class Stock {
  private readonly work: Work;
  private readonly pending: { level: Level; movement: Movement; isNew: boolean }[] = [];

  constructor(work: Work) {
    this.work = work;
  }

  /** The levels of a product, those with most available first. */
  of(productId: string): Level[] {
    return this.work.unit.levels
      .of(productId)
      .sort((a, b) => b.onHand - b.reserved - (a.onHand - a.reserved) || (a.zone < b.zone ? -1 : 1));
  }

  at({ zone, productId }: Place): Level {
    return (
      this.work.unit.levels.at({ zone, productId }) ?? {
        zone,
        productId,
        onHand: 0,
        reserved: 0,
        reorderPoint: 0,
      }
    );
  }

  move(place: Place, change: Change): Level {
    const before = this.at(place);
    const movement: Movement = {
      id: this.work.newId(),
      kind: change.kind,
      onHandDelta: change.onHand ?? 0,
      reservedDelta: change.reserved ?? 0,
      reorderPointDelta: change.reorderPoint ?? 0,
      reason: change.reason ?? null,
      orderId: change.orderId ?? null,
      returnId: change.returnId ?? null,
      at: (change.at ?? this.work.now).toISOString(),
    };
    const level: Level = {
      ...before,
      onHand: before.onHand + movement.onHandDelta,
      reserved: before.reserved + movement.reservedDelta,
      reorderPoint: before.reorderPoint + movement.reorderPointDelta,
      updatedAt: later(this.work.now.toISOString(), before.updatedAt ?? ''),
    };
    if (level.onHand > MOST_PIECES)
      throw conflict(`A level holds at most ${MOST_PIECES} pieces.`, { level: before });
    const { zone, productId } = level;
    this.work.unit.levels.move(level, { zone, productId, movement, userId: this.work.userId });
    this.pending.push({ level, movement, isNew: before.updatedAt === undefined });
    return level;
  }

  /** Call it once, last. */
  tell(): void {
    for (const { level, movement, isNew } of this.pending) {
      this.work.record('inventory_updated', topicName('inventory', { zone: level.zone }), {
        level,
        movement,
        ...(isNew && { created: true }),
      });
    }
    this.pending.length = 0;
  }
}
