import { type ClosedCount, type countCommands, MOST_COUNTED, topicName } from '@almenara/events';
import type { CommandHandlers, CommandTx } from '../commands/handler.ts';
import type { Tx } from '../database/client.ts';
import type { StockCount } from '../database/generated/client.ts';
import { requireShelf } from '../domain/products.ts';
import { correct } from '../domain/shortage.ts';
import { type Place, Stock } from '../domain/stock.ts';
import { fillWaiting } from '../domain/waiting.ts';
import { conflict, notFound } from '../errors.ts';
import type { CountRow } from '../unit/count-rows.ts';
import type { Work } from '../unit/work.ts';
import { toClosedCount, toCountStart } from './queries.ts';

type CountCommands = Pick<CommandHandlers, keyof typeof countCommands>;

const topicOf = (zone: string) => topicName('count', { zone });

export const countCommandHandlers: CountCommands = {
  start_count: async (tx, { zone }, actor) => {
    // The zone's row stands for "its open count": two who start at once find one.
    const locked = await tx.db.$queryRaw<unknown[]>`
      SELECT id FROM zone WHERE code = ${zone} FOR NO KEY UPDATE`;
    if (locked.length === 0) throw notFound('zone', zone);
    const open = await tx.db.stockCount.findFirst({ where: { zone, outcome: null } });
    if (open) throw conflict(`${zone} is being counted already.`, { count: toCountStart(open) });
    const total = await tx.db.stockLevel.count({ where: { zone, product: { stocked: true } } });
    const row = await tx.db.stockCount.create({
      data: { id: tx.newId(), zone, startedBy: actor.userId, startedAt: tx.now, total, overtaken: [] },
    });
    const count = toCountStart(row);
    tx.record('count_started', topicOf(zone), { count });
    return { count };
  },

  record_count: {
    needs: ({ countId, productId }) => ({ counts: [{ countId, productId }], products: [productId] }),
    more: (unit, { countId, productId }) => {
      const zone = unit.counts.find(countId)?.zone;
      return { levels: [productId], zones: zone === undefined ? [] : [zone] };
    },
    decide: (work, { countId, productId, counted }, actor) => {
      const { counts, levels } = work.unit;
      const { zone } = openCount(work, countId);
      const key = { countId, productId };
      const previous = counts.entry(key);
      if (counted === null) {
        if (previous === null) throw conflict('This product has not been counted.');
        counts.put(key, { entry: null, corrections: 0 });
        const taken = { ...key, entry: null, previous };
        work.record('count_recorded', topicOf(zone), taken);
        return taken;
      }
      requireShelf(work, zone, [productId]);
      if (previous === null && counts.sizeOf(countId) >= MOST_COUNTED)
        throw conflict(`A count holds at most ${MOST_COUNTED} products. Finish it and begin another.`);
      const place = { zone, productId };
      const entry = {
        productId,
        counted,
        expected: levels.at(place)?.onHand ?? 0,
        userId: actor.userId,
        at: work.now.toISOString(),
      };
      counts.put(key, {
        entry,
        corrections: counts.correctionsOf(zone, productId) + levels.correctionsAt(place),
      });
      const recorded = { ...key, entry, previous };
      work.record('count_recorded', topicOf(zone), recorded);
      return recorded;
    },
  },

  finish_count: async (tx, { countId }, actor) => {
    const { zone } = await lockOpen(tx.db, countId);
    const entries = await tx.db.stockCountEntry.findMany({
      where: { countId },
      orderBy: { productId: 'asc' },
    });
    if (entries.length === 0) throw conflict('Nothing has been counted yet.');
    const differing = new Map(entries.filter((e) => e.counted !== e.expected).map((e) => [e.productId, e]));
    const places = [...differing.keys()].map((productId) => ({ zone, productId }));
    // What left the shelf after the recording had been counted: the difference is what carries over, never the count.
    const target = ({ productId }: Place, onHand: number): number => {
      const entry = differing.get(productId);
      return entry ? Math.max(0, onHand + entry.counted - entry.expected) : onHand;
    };
    const work = await tx.hold({
      corrections: places.map((place) => ({ ...place, target: (onHand) => target(place, onHand) })),
    });
    const stock = new Stock(work);
    const corrections = await correctionsOf(tx.db, zone, [...differing.keys()]);
    const overtaken: string[] = [];
    const found: string[] = [];
    let changed = 0;
    for (const place of places) {
      const { productId } = place;
      if ((corrections.get(productId) ?? 0) !== differing.get(productId)?.corrections) {
        overtaken.push(productId);
        continue;
      }
      const { onHand } = stock.at(place);
      const delta = target(place, onHand) - onHand;
      if (delta === 0) continue;
      correct(work, stock, place, { kind: 'count', onHand: delta });
      changed += 1;
      if (delta > 0) found.push(productId);
    }
    fillWaiting(work, stock, found);
    stock.tell();
    const late = new Set(overtaken);
    tx.record('zone_counted', topicName('inventory', { zone }), {
      zone,
      counts: entries
        .filter(({ productId }) => !late.has(productId))
        .map(({ productId, expected, counted }) => ({ productId, expected, counted })),
    });
    const count = await close(tx, countId, actor.userId, {
      outcome: 'finished',
      counted: entries.length,
      changed,
      overtaken,
    });
    tx.record('count_finished', topicOf(zone), { count });
    return { count };
  },

  cancel_count: async (tx, { countId }, actor) => {
    const { zone } = await lockOpen(tx.db, countId);
    const counted = await tx.db.stockCountEntry.count({ where: { countId } });
    const count = await close(tx, countId, actor.userId, {
      outcome: 'cancelled',
      counted,
      changed: 0,
      overtaken: [],
    });
    tx.record('count_cancelled', topicOf(zone), { count });
    return { count };
  },
};

/** Whoever records or ends a count holds its row: what is finished is what was recorded before. */
async function lockOpen(db: Tx, id: string): Promise<StockCount> {
  await db.$queryRaw`SELECT id FROM stock_count WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return requireOpen(id, await db.stockCount.findUnique({ where: { id } }));
}

const openCount = (work: Work, id: string): CountRow => requireOpen(id, work.unit.counts.find(id));

function requireOpen<Row extends CountRow>(id: string, row: Row | null): Row {
  if (!row) throw notFound('count', id);
  if (row.outcome !== null)
    throw conflict(`This count of ${row.zone} is ${row.outcome}.`, { count: toClosedCount(row) });
  return row;
}

/** How often levels of a zone were counted or found short. */
async function correctionsOf(db: Tx, zone: string, productIds: readonly string[]) {
  const rows = await db.$queryRaw<{ productId: string; n: number }[]>`
    SELECT product_id AS "productId", count(*)::int AS n FROM stock_movement
    WHERE zone = ${zone} AND product_id = ANY(${[...productIds]}::uuid[]) AND kind IN ('count', 'shortage')
    GROUP BY product_id`;
  return new Map(rows.map(({ productId, n }) => [productId, n]));
}

type End = Pick<ClosedCount, 'outcome' | 'counted' | 'changed' | 'overtaken'>;

async function close(tx: CommandTx, id: string, closedBy: string, end: End): Promise<ClosedCount> {
  return toClosedCount(
    await tx.db.stockCount.update({ where: { id }, data: { ...end, closedBy, closedAt: tx.now } }),
  );
}
