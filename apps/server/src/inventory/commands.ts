import { available, type CommandName, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { requireShelf, requireZone } from '../domain/products.ts';
import { correct, lockForCorrection } from '../domain/shortage.ts';
import { type Place, Stock } from '../domain/stock.ts';
import { fillWaiting, lockWaiting } from '../domain/waiting.ts';
import { invalid, Refused } from '../errors.ts';

type InventoryCommands = Pick<
  CommandHandlers,
  Extract<CommandName, `${string}_stock` | 'count_zone' | 'set_reorder_point'>
>;

export const inventoryCommandHandlers: InventoryCommands = {
  receive_stock: async (tx, { quantity, reason, ...place }, actor) => {
    const { productId, zone } = place;
    const locked = await lockWaiting(tx.db, [productId]);
    await requireShelf(tx.db, zone, [productId]);
    const stock = await Stock.lock(tx, actor.userId, [productId], [place]);
    stock.move(place, { kind: 'receipt', onHand: quantity, reason: reason ?? null });
    await fillWaiting(tx, stock, locked, [productId]);
    await stock.save();
    return { level: stock.at(place) };
  },

  adjust_stock: async (tx, { delta, reason, ...place }, actor) => {
    await requireShelf(tx.db, place.zone, [place.productId]);
    const { stock, locked } = await lockForCorrection(
      tx,
      actor.userId,
      [place],
      (_, onHand) => onHand + delta,
    );
    const level = stock.at(place);
    if (level.onHand + delta < 0) throw tooFew(place.productId, -delta, level.onHand, 'on hand');
    await correct(tx, stock, locked, place, { kind: 'adjustment', onHand: delta, reason });
    if (delta > 0) await fillWaiting(tx, stock, locked, [place.productId]);
    await stock.save();
    return { level: stock.at(place) };
  },

  transfer_stock: async (tx, { productId, from, to, quantity }, actor) => {
    if (from === to) throw invalid('The goods are in that zone already.', 'to');
    await requireShelf(tx.db, from, [productId]);
    await requireZone(tx.db, to);
    const source = { zone: from, productId };
    const target = { zone: to, productId };
    const stock = await Stock.lock(tx, actor.userId, [productId], [source, target]);
    const free = available(stock.at(source));
    if (free < quantity) throw tooFew(productId, quantity, free, `available in ${from}`);
    const moved = {
      from: stock.move(source, { kind: 'transfer_out', onHand: -quantity, reason: `to ${to}` }),
      to: stock.move(target, { kind: 'transfer_in', onHand: quantity, reason: `from ${from}` }),
    };
    await stock.save();
    return moved;
  },

  count_zone: async (tx, { zone, counts }, actor) => {
    const counted = new Map(counts.map((count) => [count.productId, count.counted]));
    if (counted.size < counts.length)
      throw invalid('A product is counted twice. Add its counts up.', 'counts');
    await requireShelf(tx.db, zone, [...counted.keys()]);
    const places = [...counted.keys()].sort().map((productId) => ({ zone, productId }));
    const countOf = (place: Place): number => counted.get(place.productId) ?? 0;
    const { stock, locked } = await lockForCorrection(tx, actor.userId, places, countOf);
    const expected = places.map((place) => ({
      productId: place.productId,
      expected: stock.at(place).onHand,
      counted: countOf(place),
    }));
    const found: string[] = [];
    for (const place of places) {
      const delta = countOf(place) - stock.at(place).onHand;
      if (delta === 0) continue;
      await correct(tx, stock, locked, place, { kind: 'count', onHand: delta });
      if (delta > 0) found.push(place.productId);
    }
    await fillWaiting(tx, stock, locked, found);
    await stock.save();
    tx.record('zone_counted', topicName('inventory', { zone }), { zone, counts: expected });
    return { levels: places.map((place) => stock.at(place)) };
  },

  set_reorder_point: async (tx, { reorderPoint, ...place }, actor) => {
    await requireShelf(tx.db, place.zone, [place.productId]);
    const stock = await Stock.lock(tx, actor.userId, [place.productId], [place]);
    const delta = reorderPoint - stock.at(place).reorderPoint;
    if (delta !== 0) stock.move(place, { kind: 'reorder_point', reorderPoint: delta });
    await stock.save();
    return { level: stock.at(place) };
  },
};

const tooFew = (productId: string, requested: number, have: number, where: string): Refused =>
  new Refused('out_of_stock', `Only ${have} are ${where}.`, {
    details: { lines: [{ line: 0, productId, requested, available: have }] },
  });
