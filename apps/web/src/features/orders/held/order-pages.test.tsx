import { type Order, type OrderStatus, ordersTopicOf, withoutManyLines } from '@almenara/events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { id, line, oil, order, rice } from '../../../testing/goods.ts';
import { ORDERINGS } from './order-filter.ts';
import { type ListRules, type OrderPage, OrderPages } from './order-pages.ts';

const WINDOW = 4;
const PAGE = 3;
type Key = 'placed' | 'picking' | 'delivered' | 'oil';

const ofStatus = (status: OrderStatus, compare: ListRules['compare'], windowFirst: boolean): ListRules => ({
  fits: (each) => each.status === status,
  compare,
  windowFirst,
});
const hasOil = ({ lines }: Order): boolean => lines.some(({ sku }) => sku === oil.sku);
const LISTS: ReadonlyMap<Key, ListRules> = new Map<Key, ListRules>([
  ['placed', ofStatus('placed', ORDERINGS.newest, false)],
  ['picking', ofStatus('picking', ORDERINGS.oldest, false)],
  ['delivered', ofStatus('delivered', ORDERINGS.closed, true)],
  // Looked for in the lines, which are not held where they are many.
  [
    'oil',
    { fits: (each, vouched) => vouched || hasOil(each), compare: ORDERINGS.largest, windowFirst: false },
  ],
]);
const KEYS = [...LISTS.keys()];
const COLUMNS = ['placed', 'picking', 'delivered'] as const;
const euros = (amount: number) => ({ amount, currency: 'EUR' });
const MANY = Array.from({ length: 50 }, (_, i) => line(1000 + i, rice, 1));

interface Written {
  readonly type: 'order_created' | 'order_updated' | 'order_status_changed';
  readonly data: { readonly order: Order; readonly from: OrderStatus; readonly to: OrderStatus };
}

interface Answer {
  readonly key: Key;
  readonly pages: OrderPages<Key>;
  readonly page: OrderPage;
}

/** A server with its log, and one who looks on, told of everything a while later. */
class Desk {
  readonly server = new Map<string, Order>();
  readonly #topic = ordersTopicOf(WINDOW);
  /** The topic as the one who looks on has been told. */
  #told = this.#topic.empty({});
  #events: Written[] = [];
  #answers: Answer[] = [];
  readonly #underWay = new Set<Key>();
  #moment = 0;
  /** The newest version of each order that a page has told. */
  readonly #read = new Map<string, number>();
  pages = new OrderPages<Key>(LISTS);

  place(n: number): void {
    const number = this.server.size + 1;
    const many = n % 3 === 0 ? MANY : [];
    const lines = [line(1, n % 2 === 0 ? oil : rice, 1 + (n % 5)), ...many];
    this.#write(order({ id: id(number), number, lines, total: euros(n % 7) }), 'order_created');
  }

  change(n: number): void {
    const before = [...this.server.values()][n % Math.max(1, this.server.size)];
    if (!before || before.status === 'delivered') return;
    const version = before.version + 1;
    if (n % 4 === 0) {
      const [, ...rest] = before.lines;
      const lines = [line(1, n % 8 === 0 ? oil : rice, 1), ...rest];
      this.#write({ ...before, version, lines, total: euros(n % 7) }, 'order_updated');
      return;
    }
    const status =
      n % 4 === 1 && before.status === 'picking'
        ? 'delivered'
        : before.status === 'placed'
          ? 'picking'
          : 'placed';
    this.#write({ ...before, version, status }, 'order_status_changed');
  }

  #write(next: Order, type: Written['type']): void {
    this.#moment += 1;
    const at = new Date(this.#moment * 1000).toISOString();
    const from = this.server.get(next.id)?.status ?? next.status;
    const written = { ...next, updatedAt: at, closedAt: next.status === 'delivered' ? at : null };
    this.server.set(next.id, written);
    this.#events.push({ type, data: { order: written, from, to: written.status } });
  }

  tell(count: number): void {
    for (const event of this.#events.splice(0, count)) {
      this.#told = this.#topic.fold(this.#told, [event]);
      this.pages.seen(event.data.order);
    }
  }

  /** The page is as things stand now, and is told later. */
  ask(key: Key): void {
    const cursor = this.pages.next(key);
    if (this.#underWay.has(key) || cursor === null) return;
    this.#underWay.add(key);
    this.pages.asked();
    const all = this.listed(key);
    const from = cursor === undefined ? 0 : all.findIndex((each) => this.#after(key, each, cursor));
    const rest = from < 0 ? [] : all.slice(from);
    const items = rest.slice(0, PAGE).map(withoutManyLines);
    const last = rest[PAGE - 1];
    const nextCursor = rest.length > PAGE && last ? JSON.stringify(last) : null;
    this.#answers.push({ key, pages: this.pages, page: { items, nextCursor } });
  }

  #after(key: Key, each: Order, cursor: string): boolean {
    const last: Order = JSON.parse(cursor);
    return this.#rules(key).compare(each, last) > 0;
  }

  answer(n: number): void {
    const [answer] = this.#answers.splice(n % Math.max(1, this.#answers.length), 1);
    if (!answer || answer.pages !== this.pages) return;
    this.#underWay.delete(answer.key);
    this.pages.answered(answer.key, answer.page);
    for (const { id: one, version } of answer.page.items)
      this.#read.set(one, Math.max(version, this.#read.get(one) ?? 0));
  }

  refuse(n: number): void {
    const [answer] = this.#answers.splice(n % Math.max(1, this.#answers.length), 1);
    if (!answer || answer.pages !== this.pages) return;
    this.#underWay.delete(answer.key);
    this.pages.gaveUp();
  }

  /** A snapshot takes the place of what was told: events have been passed over. */
  reset(): void {
    this.#told = this.#topic.fold(this.#told, this.#events);
    this.#events = [];
    this.#underWay.clear();
    this.#read.clear();
    this.pages = new OrderPages<Key>(LISTS);
  }

  calm(): void {
    this.tell(this.#events.length);
    while (this.#answers.length > 0) this.answer(0);
  }

  get window(): readonly Order[] {
    return this.#topic.view(this.#told).orders;
  }

  #rules(key: Key): ListRules {
    const rules = LISTS.get(key);
    if (!rules) throw new Error(key);
    return rules;
  }

  /** What the server would list. */
  listed(key: Key): Order[] {
    const { fits, compare } = this.#rules(key);
    return [...this.server.values()].filter((each) => fits(each, false)).sort(compare);
  }

  shown(key: Key): Order[] {
    const { window } = this;
    return this.pages.shown(key, this.pages.merged(window), new Set(window.map(({ id: one }) => one)));
  }

  isOlderThanRead({ id: one, version }: Order): boolean {
    return version < (this.#read.get(one) ?? 0);
  }
}

const names = (orders: readonly Order[]): string[] =>
  orders.map(({ number, version }) => `${number} v${version}`);

function expectNothingTwiceOrOld(desk: Desk): void {
  const inColumns = COLUMNS.flatMap((key) => desk.shown(key).map(({ number }) => number));
  expect(inColumns.length).toBe(new Set(inColumns).size);
  // A page may be ahead of the events.
  expect(KEYS.flatMap((key) => desk.shown(key)).filter((each) => desk.isOlderThanRead(each))).toEqual([]);
}

/** Up to the end of what was read, each list has just what the server would list. */
function expectTrue(desk: Desk): void {
  const held = new Set(desk.window.map(({ id: one }) => one));
  for (const key of KEYS) {
    const next = desk.pages.next(key);
    if (next === undefined && key !== 'delivered') continue;
    const shown = desk.shown(key);
    const all = desk.listed(key);
    // However the pages fell: what is shown is the beginning of the list.
    expect(names(shown), key).toEqual(names(all.slice(0, shown.length)));
    if (next === null) expect(shown.length, key).toBe(all.length);
    if (key === 'delivered') expect(all.slice(shown.length).some(({ id: one }) => held.has(one))).toBe(false);
  }
}

test('[L5] whatever happens while pages are read, each list has what the server would list, once, as far as it was read', () => {
  const happenings = fc.array(fc.tuple(fc.nat(99), fc.nat(999)), { maxLength: 120, size: 'max' });
  fc.assert(
    fc.property(fc.nat(25), happenings, (orders, steps) => {
      const desk = new Desk();
      for (let n = 0; n < orders; n += 1) desk.place(n);
      for (let n = 0; n < orders; n += 1) desk.change(n * 7 + 1);
      desk.reset();
      for (const [what, n] of steps) {
        if (what < 12) desk.place(n);
        else if (what < 45) desk.change(n);
        else if (what < 62) desk.tell(1 + (n % 4));
        else if (what < 78) desk.ask(KEYS[n % KEYS.length] ?? 'placed');
        else if (what < 93) desk.answer(n);
        else if (what < 96) desk.refuse(n);
        else if (what < 98) desk.pages.trim();
        else if (what < 99) desk.reset();
        else {
          desk.calm();
          expectTrue(desk);
        }
        expectNothingTwiceOrOld(desk);
      }
      desk.calm();
      expectNothingTwiceOrOld(desk);
      expectTrue(desk);
    }),
    { numRuns: 300 },
  );
});

test('a list that was read to its end grows and shrinks with the events alone', () => {
  const desk = new Desk();
  for (let n = 0; n < 10; n += 1) desk.place(n);
  desk.reset();
  for (let page = 0; page < 4; page += 1) {
    desk.ask('placed');
    desk.answer(0);
  }
  expect(desk.pages.next('placed')).toBeNull();
  expect(desk.shown('placed')).toHaveLength(10);
  // The oldest order, which left the window long ago, is moved on, and ten others push it out again.
  desk.change(1000);
  for (let n = 0; n < 10; n += 1) desk.place(n);
  desk.calm();
  expect(desk.window.some(({ number }) => number === 1)).toBe(false);
  expect(names(desk.shown('placed'))).toEqual(names(desk.listed('placed')));
});
