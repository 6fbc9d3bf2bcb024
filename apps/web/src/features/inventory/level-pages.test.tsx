import { available, fold, isLow, type Level, type Movement } from '@almenara/events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { id, oil, rice } from '../../testing/goods.ts';
import { type LevelChange, LevelPages, type StockItem } from './level-pages.ts';
import { needed, type StockProduct } from './stock-row.ts';
import { SORTS, type StockQuery } from './stock-search.ts';

const PAGE = 3;
const PRODUCTS: readonly StockProduct[] = Array.from({ length: 9 }, (_, i) => ({
  id: id(100 + i),
  sku: `S${(i * 7) % 9}`,
  name: `${i % 2 === 0 ? 'Rice' : 'Oil'} ${(i * 5) % 9}`,
}));
const ZONES = ['A1', 'B2'];
const query: StockQuery = { zone: null, q: '', sort: 'sku', desc: false, low: false, none: false };

/** The server's levels: it tells pages and what happens to them. */
class Model {
  readonly levels = new Map<string, Level>();
  readonly #query: StockQuery;
  #clock = 0;

  constructor(asked: StockQuery) {
    this.#query = asked;
  }

  set(product: number, zone: string, onHand: number, reorderPoint: number): LevelChange {
    const { id: productId } = PRODUCTS[product] ?? rice;
    const key = `${zone} ${productId}`;
    const before = this.levels.get(key);
    this.#clock += 1;
    const updatedAt = new Date(this.#clock).toISOString();
    const level: Level = { productId, zone, onHand, reserved: 0, reorderPoint, updatedAt };
    this.levels.set(key, level);
    const movement: Movement = {
      id: id(this.#clock),
      kind: 'adjustment',
      onHandDelta: onHand - (before?.onHand ?? 0),
      reservedDelta: 0,
      reorderPointDelta: reorderPoint - (before?.reorderPoint ?? 0),
      reason: null,
      orderId: null,
      returnId: null,
      at: updatedAt,
    };
    return { level, movement, created: before ? undefined : true };
  }

  listed(): readonly StockItem[] {
    const { zone, q, sort, desc, low, none } = this.#query;
    const rank = ({ level, product }: StockItem): number | string =>
      ({
        sku: product.sku,
        name: product.name,
        on_hand: level.onHand,
        reserved: level.reserved,
        available: available(level),
        reorder_point: level.reorderPoint,
        needed: needed(level),
      })[sort];
    const keyOf = (item: StockItem) => [rank(item), item.product.sku, item.level.zone] as const;
    return [...this.levels.values()]
      .map((level) => ({ level, product: PRODUCTS.find((one) => one.id === level.productId) ?? rice }))
      .filter(
        ({ level, product }) =>
          (zone === null || level.zone === zone) &&
          (!low || isLow(level)) &&
          (!none || available(level) <= 0) &&
          fold(product.name).includes(fold(q)),
      )
      .sort((a, b) => {
        const [one, two] = [keyOf(a), keyOf(b)];
        if (one[0] !== two[0]) return (one[0] < two[0] ? -1 : 1) * (desc ? -1 : 1);
        return one[1] !== two[1] ? (one[1] < two[1] ? -1 : 1) : one[2] < two[2] ? -1 : 1;
      });
  }
}

const queries = fc.record({
  zone: fc.constantFrom(null, 'A1'),
  q: fc.constantFrom('', 'rice'),
  sort: fc.constantFrom(...SORTS),
  desc: fc.boolean(),
  low: fc.boolean(),
  none: fc.boolean(),
});
const place = {
  product: fc.nat(PRODUCTS.length - 1),
  zone: fc.constantFrom(...ZONES),
  onHand: fc.nat(4),
  reorderPoint: fc.nat(3),
};
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), ...place }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('hear' as const) }) },
    // The server has read the page, but its answer arrives only after the changes that follow.
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('arrive' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('name' as const) }) },
  ),
  { maxLength: 40 },
);

test('[L5] whatever overtakes what, the list is what the server would tell now, as far as its last page went', () => {
  fc.assert(
    fc.property(queries, fc.array(fc.record(place), { maxLength: 12 }), steps, (asked, before, story) => {
      const server = new Model(asked);
      for (const { product, zone, onHand, reorderPoint } of before)
        server.set(product, zone, onHand, reorderPoint);
      const pages = new LevelPages(asked);
      const unheard: LevelChange[] = [];
      let [unnamed, told, whole] = [0, null as StockItem | null, false];
      let inFlight: { page: readonly StockItem[]; isLast: boolean } | null = null;
      const after = (row: StockItem | null): readonly StockItem[] => {
        const all = server.listed();
        if (row === null) return all;
        // A cursor names a place in the order. The row that it was made from may have moved since.
        const probe = new Model(asked);
        for (const [key, level] of server.levels) probe.levels.set(key, level);
        const twin = { ...row.level, zone: `${row.level.zone}`, productId: row.level.productId };
        probe.levels.set('the cursor', twin);
        const sorted = probe.listed();
        const at = sorted.findIndex(({ level }) => level === twin);
        const rest = sorted.slice(at + 1).filter(({ level }) => level !== twin);
        return rest;
      };
      const hear = (): void => {
        for (const change of unheard.splice(0)) pages.change(change);
      };
      const name = (): void => {
        pages.name((productId) => {
          const product = PRODUCTS.find((one) => one.id === productId);
          return product && fold(product.name).includes(fold(asked.q)) ? product : null;
        });
        unnamed = pages.wanted().size;
      };
      const arrive = (): void => {
        if (!inFlight) return;
        pages.take(inFlight.page, inFlight.isLast);
        told = inFlight.page.at(-1) ?? told;
        whole = inFlight.isLast;
        inFlight = null;
      };
      const ask = (): void => {
        if (inFlight || whole) return;
        pages.begin();
        const rest = after(told);
        inFlight = { page: rest.slice(0, PAGE), isLast: rest.length <= PAGE };
      };
      // Events are listened to before the first page is asked for.
      for (const step of story) {
        if (step.kind === 'change')
          unheard.push(server.set(step.product, step.zone, step.onHand, step.reorderPoint));
        else if (step.kind === 'hear') hear();
        else if (step.kind === 'ask') ask();
        else if (step.kind === 'arrive') arrive();
        else name();
      }
      arrive();
      if (told === null && !whole) {
        ask();
        arrive();
      }
      hear();
      name();
      expect(unnamed).toBe(0);
      const listed = server.listed();
      const shown = pages.shown();
      const beyond = whole || told === null ? [] : after(told);
      const expected = listed.filter((item) => !beyond.some(({ level }) => level === item.level));
      expect(shown.map(({ level }) => level)).toEqual(expected.map(({ level }) => level));
    }),
    { numRuns: 500 },
  );
});

test('a level that has recovered while the page that calls it low was on its way is not shown', () => {
  const server = new Model({ ...query, low: true });
  server.set(0, 'A1', 1, 3);
  const pages = new LevelPages({ ...query, low: true });
  pages.begin();
  const page = server.listed();
  pages.change(server.set(0, 'A1', 9, 3));
  expect(pages.take(page, true)).toMatchObject([{ level: { onHand: 9 } }]);
  expect(pages.shown()).toEqual([]);
});

test('what another zone does, and what comes after the last page, is no reason to look anew', () => {
  const server = new Model(query);
  for (let product = 0; product < PRODUCTS.length; product += 1) server.set(product, 'A1', 5, 0);
  const pages = new LevelPages({ ...query, zone: 'A1' });
  pages.begin();
  pages.take(server.listed().slice(0, PAGE), false);
  const last = PRODUCTS.findIndex(({ sku }) => sku === 'S8');
  const first = PRODUCTS.findIndex(({ sku }) => sku === 'S0');
  expect(pages.change(server.set(0, 'B2', 1, 0))).toBe(false);
  expect(pages.change(server.set(last, 'A1', 4, 0))).toBe(false);
  expect(pages.wanted().size).toBe(0);
  expect(pages.change(server.set(first, 'A1', 4, 0))).toBe(true);
});

test('a product that is called otherwise finds its new place', () => {
  const pages = new LevelPages({ ...query, sort: 'name' });
  const level = (productId: string): Level => ({
    productId,
    zone: 'A1',
    onHand: 1,
    reserved: 0,
    reorderPoint: 0,
  });
  pages.take(
    [oil, rice].map((product) => ({ product, level: level(product.id) })),
    true,
  );
  expect(pages.rename({ ...oil, name: 'Zest' })).toBe(true);
  expect(pages.shown().map(({ product }) => product.name)).toEqual(['Rice 1 kg', 'Zest']);
  expect(pages.rename({ ...oil, id: id(77) })).toBe(false);
});
