import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Client,
  type clientEvents,
  clientsTopicOf,
  type EventDefinition,
  type EventOf,
  type FoldEvent,
  type inventoryEvents,
  inventoryTopicOf,
  type Level,
  LINES_IN_SNAPSHOT,
  type Movement,
  NEXT_STATUS,
  type Order,
  type OrderCounts,
  type orderEvents,
  ordersTopicOf,
  type Product,
  type productEvents,
  productsTopicOf,
  type Return,
  type returnEvents,
  type TopicDefinition,
} from './index.ts';

/** Windows of three: whatever has to leave a window leaves it soon. */
const LIMIT = 3;

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const moment = (ms: number): string => new Date(ms).toISOString();

/**
 * Folded from the first event, and from the snapshot of any moment on, in batches of any size, a history comes to this
 * view; and what is held meanwhile stays as small as the window.
 */
function expectView<S, View, E extends EventDefinition>(
  fold: TopicDefinition<S, View, E>,
  steps: readonly FoldEvent<E>[],
  { cut, batch }: Reading,
  view: View,
): void {
  const apply = (state: S, some: readonly FoldEvent<E>[]): S => {
    let next = state;
    for (let i = 0; i < some.length; i += batch) next = fold.fold(next, some.slice(i, i + batch));
    return next;
  };
  const empty = (): S => fold.empty({ zone: 'A1' });
  expect(fold.view(apply(empty(), steps))).toEqual(view);
  const at = cut % (steps.length + 1);
  const snapshot = JSON.parse(JSON.stringify(fold.view(apply(empty(), steps.slice(0, at)))));
  expect(fold.view(apply(fold.load(snapshot), steps.slice(at)))).toEqual(view);
}

interface Reading {
  readonly cut: number;
  readonly batch: number;
}
const reading = fc.record({ cut: fc.nat(), batch: fc.integer({ min: 1, max: 40 }) });

/** The rows that a window of three holds. */
const lastChanged = <T extends { updatedAt?: string | undefined }>(
  rows: readonly T[],
  idOf: (row: T) => string,
): T[] =>
  rows
    .toSorted((a, b) => {
      const [left, right] = [`${a.updatedAt} ${idOf(a)}`, `${b.updatedAt} ${idOf(b)}`];
      return left < right ? 1 : -1;
    })
    .slice(0, LIMIT);

const plan = fc.array(
  fc.record({
    /** Which of those that are there something happens to; or one is made. */
    row: fc.nat(),
    make: fc.boolean(),
    /** How long after the last event it happened; before it, where another node's clock or an import says so. */
    after: fc.integer({ min: -5, max: 3 }),
    what: fc.nat(),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

const order = (n: number, status: Order['status'], at: number): Order => ({
  id: uuid((n * 7) % 101),
  number: n,
  reference: null,
  clientId: uuid(0),
  clientName: 'C',
  status,
  lines: [],
  total: { amount: 0, currency: 'EUR' },
  assigneeId: null,
  notes: null,
  version: 1,
  createdAt: moment(0),
  updatedAt: moment(at),
  closedAt: status === 'cancelled' || status === 'delivered' ? moment(at) : null,
});

const goodsBack: Return = {
  id: uuid(0),
  reference: null,
  clientId: uuid(0),
  clientName: 'C',
  orderId: null,
  lines: [],
  reason: null,
  createdAt: moment(0),
};

test('[L3][L5] topic orders is the window of the orders changed last, with exact counts, from whichever snapshot one starts', () => {
  fc.assert(
    fc.property(plan, reading, (history, how) => {
      const steps: FoldEvent<EventOf<typeof orderEvents & typeof returnEvents>>[] = [];
      const table: Order[] = [];
      let now = 1000;
      for (const { row, make, after, what } of history) {
        now += after;
        const before = table[row % Math.max(1, table.length)];
        if (make || !before) {
          // Imports make closed ones, and ones of the past.
          const made = order(table.length + 1, what % 3 === 0 ? 'delivered' : 'placed', now);
          table.push(made);
          steps.push({ type: 'order_created', data: { order: made } });
          continue;
        }
        const updatedAt = moment(Math.max(now, Date.parse(before.updatedAt)));
        const to = NEXT_STATUS[before.status][what % 4];
        const next = { ...before, version: before.version + 1, updatedAt, ...(to && { status: to }) };
        table[table.indexOf(before)] = next;
        steps.push(
          to
            ? { type: 'order_status_changed', data: { order: next, from: before.status, to } }
            : { type: 'order_updated', data: { order: next } },
          { type: 'return_recorded', data: { return: goodsBack } },
        );
      }
      const counts: OrderCounts = {
        placed: 0,
        picking: 0,
        packed: 0,
        shipped: 0,
        delivered: 0,
        cancelled: 0,
      };
      for (const { status } of table) counts[status] += 1;
      expectView(ordersTopicOf(LIMIT), steps, how, {
        orders: lastChanged(table, ({ id }) => id).sort((a, b) => b.number - a.number),
        counts,
        total: table.length,
        truncated: table.length > LIMIT,
      });
    }),
    { numRuns: 300 },
  );
});

test('an order of many lines is in topic orders without them, and says how many there are and how many are short', () => {
  const topic = ordersTopicOf(LIMIT);
  const lines = (count: number): Order['lines'] =>
    Array.from({ length: count }, (_, n) => ({
      id: uuid(n),
      productId: uuid(n),
      sku: 'S',
      name: 'N',
      quantity: 2,
      unitPrice: { amount: 1, currency: 'EUR' },
      allocations: [],
      short: n < 7 ? 2 : 0,
    }));
  const few = { ...order(1, 'placed', 1), lines: lines(LINES_IN_SNAPSHOT) };
  const many = { ...order(2, 'placed', 2), lines: lines(LINES_IN_SNAPSHOT + 1) };
  const state = topic.fold(topic.empty({}), [
    { type: 'order_created', data: { order: few } },
    { type: 'order_created', data: { order: many } },
  ]);
  expect(topic.view(state).orders).toEqual([
    { ...many, lines: [], lineCount: LINES_IN_SNAPSHOT + 1, shortLines: 7 },
    few,
  ]);
  const edited = { ...many, lines: lines(1), updatedAt: moment(3) };
  const after = topic.fold(state, [{ type: 'order_updated', data: { order: edited } }]);
  expect(topic.view(after).orders[0]).toEqual(edited);
});

test('[L3] topics products and clients are windows of those changed last, archived or not', () => {
  fc.assert(
    fc.property(plan, reading, (history, how) => {
      const products: Product[] = [];
      const clients: Client[] = [];
      const ofProducts: FoldEvent<EventOf<typeof productEvents>>[] = [];
      const ofClients: FoldEvent<EventOf<typeof clientEvents>>[] = [];
      let now = 1000;
      for (const { row, make, after } of history) {
        now += after;
        const at = row % Math.max(1, products.length);
        const [product, client] = [products[at], clients[at]];
        if (make || !product || !client) {
          const stamps = { id: uuid((products.length * 7) % 101), version: 1, createdAt: moment(now) };
          const made = {
            ...stamps,
            sku: `S${products.length}`,
            name: 'N',
            barcode: null,
            unitPrice: { amount: 1, currency: 'EUR' },
            stocked: true,
            updatedAt: moment(now),
          };
          const person = {
            ...stamps,
            name: `C${clients.length % 3}`,
            email: null,
            phone: null,
            country: null,
            notes: null,
            archived: false,
            mergedInto: null,
            updatedAt: moment(now),
          };
          products.push(made);
          clients.push(person);
          ofProducts.push({ type: 'product_created', data: { product: made } });
          ofClients.push({ type: 'client_created', data: { client: person } });
          continue;
        }
        const updatedAt = moment(Math.max(now, Date.parse(product.updatedAt)));
        const next = { ...product, version: product.version + 1, updatedAt };
        products[at] = next;
        ofProducts.push({ type: 'product_updated', data: { product: next } });
        const archived = { ...client, version: client.version + 1, archived: true, updatedAt };
        clients[at] = archived;
        ofClients.push({ type: 'client_archived', data: { client: archived } });
      }
      const total = products.length;
      const truncated = total > LIMIT;
      expectView(productsTopicOf(LIMIT), ofProducts, how, {
        products: lastChanged(products, ({ id }) => id).sort((a, b) => (a.sku < b.sku ? -1 : 1)),
        total,
        truncated,
      });
      expectView(clientsTopicOf(LIMIT), ofClients, how, {
        clients: lastChanged(clients, ({ id }) => id).sort((a, b) =>
          `${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1,
        ),
        total,
        truncated,
      });
    }),
    { numRuns: 300 },
  );
});

/** A zone's ledger, and what its table holds after it. `upgradedAt`: events before it do not say when a level changed. */
function zoneHistory(history: readonly { row: number; make: boolean; after: number; what: number }[]) {
  const table: Level[] = [];
  const write = (upgradedAt: number) => {
    table.length = 0;
    let now = 1000;
    return history.map(({ row, make, after, what }, i): FoldEvent<EventOf<typeof inventoryEvents>> => {
      now += after;
      const place = row % Math.max(1, table.length);
      const found = make ? undefined : table[place];
      const id = uuid((table.length * 7) % 101);
      const held = found ?? { productId: id, zone: 'A1', onHand: 0, reserved: 0, reorderPoint: 0 };
      // A level that old events tell of is never empty again: they do not say that it is not a new one.
      const onHandDelta = i < upgradedAt ? 1 + (what % 3) : found ? (what % 2) - found.onHand : 1;
      const movement: Movement = {
        id: uuid(i),
        kind: 'adjustment',
        onHandDelta,
        reservedDelta: 0,
        reorderPointDelta: 0,
        reason: null,
        orderId: null,
        returnId: null,
        at: moment(now),
      };
      const updatedAt = moment(Math.max(now, Date.parse(held.updatedAt ?? moment(0))));
      const level = { ...held, onHand: held.onHand + onHandDelta, updatedAt };
      if (found) table[place] = level;
      else table.push(level);
      const { updatedAt: _, ...before } = level;
      return i < upgradedAt
        ? { type: 'inventory_updated', data: { level: before, movement } }
        : { type: 'inventory_updated', data: { level, movement, ...(!found && { created: true }) } };
    });
  };
  return { table, write };
}

test('[L3][L5] a zone’s topic is the window of the levels changed last, and counts them all, those of before they said so too', () => {
  fc.assert(
    fc.property(plan, reading, fc.nat(60), (history, how, upgradedAt) => {
      const { table, write } = zoneHistory(history);
      const steps = write(upgradedAt);
      expectView(inventoryTopicOf(LIMIT), steps, how, {
        zone: 'A1',
        levels: lastChanged(table, ({ productId }) => productId).sort((a, b) =>
          a.productId < b.productId ? -1 : 1,
        ),
        total: table.length,
        truncated: table.length > LIMIT,
      });
    }),
    { numRuns: 300 },
  );
});

test('folds never change the state they were given', () => {
  const topic = inventoryTopicOf(LIMIT);
  const before = topic.empty({ zone: 'A1' });
  const { write } = zoneHistory([{ row: 0, make: true, after: 0, what: 0 }]);
  const after = topic.fold(before, write(0));
  expect(topic.view(before)).toEqual({ zone: 'A1', levels: [], total: 0, truncated: false });
  expect(topic.view(after).levels).toMatchObject([{ onHand: 1 }]);
});
