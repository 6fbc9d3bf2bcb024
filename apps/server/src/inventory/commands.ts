import { available, type inventoryCommands, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { requireShelf, requireZone } from '../domain/products.ts';
import { correct } from '../domain/shortage.ts';
import { type Place, Stock } from '../domain/stock.ts';
import { fillWaiting } from '../domain/waiting.ts';
import { invalid, Refused } from '../errors.ts';

type InventoryCommands = Pick<CommandHandlers, keyof typeof inventoryCommands>;

export const inventoryCommandHandlers: InventoryCommands = {
  receive_stock: {
    needs: ({ productId, zone }) => ({
      waiting: [productId],
      products: [productId],
      places: [{ zone, productId }],
    }),
    decide: (work, { quantity, reason, ...place }) => {
      requireShelf(work, place.zone, [place.productId]);
      const stock = new Stock(work);
      stock.move(place, { kind: 'receipt', onHand: quantity, reason: reason ?? null });
      fillWaiting(work, stock, [place.productId]);
      stock.tell();
      return { level: stock.at(place) };
    },
  },

  adjust_stock: {
    needs: ({ productId, zone, delta }) => ({
      products: [productId],
      corrections: [{ productId, zone, target: (onHand) => onHand + delta }],
    }),
    decide: (work, { delta, reason, ...place }) => {
      requireShelf(work, place.zone, [place.productId]);
      const stock = new Stock(work);
      const level = stock.at(place);
      if (level.onHand + delta < 0) throw tooFew(place.productId, -delta, level.onHand, 'on hand');
      correct(work, stock, place, { kind: 'adjustment', onHand: delta, reason });
      if (delta > 0) fillWaiting(work, stock, [place.productId]);
      stock.tell();
      return { level: stock.at(place) };
    },
  },

  transfer_stock: {
    needs: ({ productId, from, to }) => ({
      products: [productId],
      places: [from, to].map((zone) => ({ zone, productId })),
    }),
    decide: (work, { productId, from, to, quantity }) => {
      if (from === to) throw invalid('The goods are in that zone already.', 'to');
      requireShelf(work, from, [productId]);
      requireZone(work, to);
      const stock = new Stock(work);
      const source = { zone: from, productId };
      const target = { zone: to, productId };
      const free = available(stock.at(source));
      if (free < quantity) throw tooFew(productId, quantity, free, `available in ${from}`);
      const moved = {
        from: stock.move(source, { kind: 'transfer_out', onHand: -quantity, reason: `to ${to}` }),
        to: stock.move(target, { kind: 'transfer_in', onHand: quantity, reason: `from ${from}` }),
      };
      stock.tell();
      return moved;
    },
  },

  count_zone: {
    needs: ({ zone, counts }) => ({
      products: counts.map(({ productId }) => productId),
      corrections: counts.map(({ productId, counted }) => ({ zone, productId, target: () => counted })),
    }),
    decide: (work, { zone, counts }) => {
      const counted = new Map(counts.map((count) => [count.productId, count.counted]));
      if (counted.size < counts.length)
        throw invalid('A product is counted twice. Add its counts up.', 'counts');
      requireShelf(work, zone, [...counted.keys()]);
      const stock = new Stock(work);
      const places = [...counted.keys()].sort().map((productId) => ({ zone, productId }));
      const countOf = (place: Place): number => counted.get(place.productId) ?? 0;
      const expected = places.map((place) => ({
        productId: place.productId,
        expected: stock.at(place).onHand,
        counted: countOf(place),
      }));
      const found: string[] = [];
      for (const place of places) {
        const delta = countOf(place) - stock.at(place).onHand;
        if (delta === 0) continue;
        correct(work, stock, place, { kind: 'count', onHand: delta });
        if (delta > 0) found.push(place.productId);
      }
      fillWaiting(work, stock, found);
      stock.tell();
      work.record('zone_counted', topicName('inventory', { zone }), { zone, counts: expected });
      return { levels: places.map((place) => stock.at(place)) };
    },
  },

  set_reorder_point: {
    needs: ({ productId, zone }) => ({ products: [productId], places: [{ zone, productId }] }),
    decide: (work, { reorderPoint, ...place }) => {
      requireShelf(work, place.zone, [place.productId]);
      const stock = new Stock(work);
      const delta = reorderPoint - stock.at(place).reorderPoint;
      if (delta !== 0) stock.move(place, { kind: 'reorder_point', reorderPoint: delta });
      stock.tell();
      return { level: stock.at(place) };
    },
  },
};

const tooFew = (productId: string, requested: number, have: number, where: string): Refused =>
  new Refused('out_of_stock', `Only ${have} are ${where}.`, {
    details: { lines: [{ line: 0, productId, requested, available: have }] },
  });
