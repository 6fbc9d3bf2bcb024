import { randomUUID } from 'node:crypto';
import { type Envelope, type EnvelopeOf, fold, type Level, type Order, parseTopic } from '@almenara/events';
import type { App } from '../../../apps/server/src/app.ts';
import type { ScreenName } from './screen-messages.ts';

const ZONE = 'LOAD';
const LEVELS = 10_000;
const OPEN_ORDERS = 400;
const CLOSED_ORDERS = 200;
const NEXT = { placed: 'picking', picking: 'packed', packed: 'shipped', shipped: 'delivered' } as const;
type Open = keyof typeof NEXT;
const OPEN: readonly Open[] = ['placed', 'picking', 'packed', 'shipped'];
const isOpen = (status: Order['status']): status is Open => Object.hasOwn(NEXT, status);

export interface BusyDesk {
  /** One commit after the other of what such a desk does while that screen is looked at. */
  source(screen: ScreenName): () => Envelope[];
  /** A last commit, and what the screen shows when it has it. */
  last(screen: ScreenName): { envelopes: Envelope[]; text: string };
}

/** Fills the tables of a desk that has no orders, and makes up what happens on it from then on. */
export async function busyDesk(app: App): Promise<BusyDesk> {
  const { writer } = app.database;
  const at = new Date();
  await writer.zone.create({
    data: { id: randomUUID(), code: ZONE, codeKey: fold(ZONE), name: 'Load', createdAt: at, updatedAt: at },
  });
  const products = Array.from({ length: LEVELS }, (_, i) => ({
    id: randomUUID(),
    sku: `LOAD-${String(i).padStart(5, '0')}`,
    skuKey: fold(`LOAD-${String(i).padStart(5, '0')}`),
    name: `Product under load ${i}`,
    amount: BigInt(100 + i),
    currency: 'EUR',
    stocked: true,
    createdAt: at,
    updatedAt: at,
  }));
  for (let i = 0; i < LEVELS; i += 1000) {
    const some = products.slice(i, i + 1000);
    await writer.product.createMany({ data: some });
    await writer.stockLevel.createMany({
      data: some.map(({ id }) => ({ zone: ZONE, productId: id, onHand: 1000, reorderPoint: 5 })),
    });
  }
  const client = { id: randomUUID(), name: 'Client under load', createdAt: at, updatedAt: at };
  await writer.client.create({ data: client });
  const rows = Array.from({ length: OPEN_ORDERS + CLOSED_ORDERS }, (_, i) => {
    const closed = i < CLOSED_ORDERS;
    return {
      id: randomUUID(),
      clientId: client.id,
      clientName: `Client ${i % 97} under load`,
      status: closed ? 'delivered' : (OPEN[i % OPEN.length] ?? 'placed'),
      amount: 1200n,
      currency: 'EUR',
      createdAt: at,
      updatedAt: at,
      closedAt: closed ? at : null,
    };
  });
  await writer.order.createMany({ data: rows });
  await writer.orderLine.createMany({
    data: rows.flatMap(({ id }, i) =>
      [0, 1, 2].map((position) => {
        const product = products[(i * 3 + position) % LEVELS];
        const { id: productId = '', sku = '', name = '' } = product ?? {};
        return {
          id: randomUUID(),
          orderId: id,
          position,
          productId,
          sku,
          name,
          quantity: 4,
          amount: 100n,
          currency: 'EUR',
        };
      }),
    ),
  });
  return new Happenings(await heldOf(app), products[0]?.id ?? '');
}

interface Held {
  readonly orders: Order[];
  readonly levels: Level[];
  readonly heads: Map<string, number>;
}

async function heldOf({ reader, database }: App): Promise<Held> {
  const heads = new Map<string, number>();
  const snapshot = async (name: string): Promise<unknown> => {
    const topic = parseTopic(name);
    if (!topic) throw new Error(name);
    heads.set(name, (await reader.heads([name])).heads.get(name) ?? 0);
    const held: { snapshot: unknown } = await reader.snapshot(topic);
    return held.snapshot;
  };
  const { orders }: { orders: Order[] } = Object(await snapshot('orders'));
  await snapshot(`inventory:${ZONE}`);
  // All of the zone: the snapshot is a window of it.
  const rows = await database.reader.stockLevel.findMany({ where: { zone: ZONE } });
  const levels = rows.map((row): Level => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
  return { orders: orders.filter(({ status }) => isOpen(status)), levels, heads };
}

class Happenings implements BusyDesk {
  readonly #held: Held;
  /** The product at the top of the table. */
  readonly #first: string;
  readonly #people: readonly string[];
  #number: number;
  #turn = 0;

  constructor(held: Held, first: string) {
    this.#held = held;
    this.#first = first;
    this.#people = Array.from({ length: 20 }, () => randomUUID());
    this.#number = Math.max(...held.orders.map(({ number }) => number));
  }

  source(screen: ScreenName): () => Envelope[] {
    if (screen === 'board') return () => [this.#orderEvent()];
    if (screen === 'stock') return () => [this.#levelEvent(randomBelow(this.#held.levels.length))];
    // Two of three: each order that moves moves stock, too.
    return () => {
      this.#turn += 1;
      return [
        this.#turn % 3 === 0 ? this.#orderEvent() : this.#levelEvent(randomBelow(this.#held.levels.length)),
      ];
    };
  }

  last(screen: ScreenName): { envelopes: Envelope[]; text: string } {
    if (screen === 'stock') {
      const first = this.#held.levels.findIndex(({ productId }) => productId === this.#first);
      return { envelopes: [this.#levelEvent(first, 424_242)], text: '424,242' };
    }
    const created = this.#created();
    return { envelopes: [created], text: `#${this.#number}` };
  }

  #orderEvent(): Envelope {
    const { orders } = this.#held;
    if (orders.length < OPEN_ORDERS) return this.#created();
    const place = randomBelow(orders.length);
    const before = orders[place];
    if (!before || !isOpen(before.status)) throw new Error('No order is open');
    const at = new Date().toISOString();
    const changed = { ...before, version: before.version + 1, updatedAt: at };
    if (this.#turn++ % 10 === 0) {
      const order = { ...changed, notes: `Note ${this.#turn}` };
      orders[place] = order;
      return this.#envelope('orders', { type: 'order_updated', data: { order } });
    }
    const to = NEXT[before.status];
    const order = { ...changed, status: to, closedAt: to === 'delivered' ? at : null };
    if (to === 'delivered') orders.splice(place, 1);
    else orders[place] = order;
    return this.#envelope('orders', {
      type: 'order_status_changed',
      data: { order, from: before.status, to },
    });
  }

  #created(): Envelope {
    const [like] = this.#held.orders;
    if (!like) throw new Error('There are no orders');
    this.#number += 1;
    const at = new Date().toISOString();
    const order: Order = {
      ...like,
      id: randomUUID(),
      number: this.#number,
      status: 'placed',
      version: 1,
      createdAt: at,
      updatedAt: at,
    };
    this.#held.orders.push(order);
    return this.#envelope('orders', { type: 'order_created', data: { order } });
  }

  #levelEvent(place: number, onHand = randomBelow(100_000)): Envelope {
    const { levels } = this.#held;
    const before = levels[place];
    if (!before) throw new Error('There are no levels');
    const at = new Date().toISOString();
    const level = { ...before, onHand, updatedAt: at };
    levels[place] = level;
    const movement = {
      id: randomUUID(),
      kind: 'adjustment' as const,
      onHandDelta: onHand - before.onHand,
      reservedDelta: 0,
      reorderPointDelta: 0,
      reason: null,
      orderId: null,
      returnId: null,
      at,
    };
    return this.#envelope(`inventory:${ZONE}`, { type: 'inventory_updated', data: { level, movement } });
  }

  #envelope<E extends Happening>(topic: string, event: E) {
    const { heads } = this.#held;
    const seq = (heads.get(topic) ?? 0) + 1;
    heads.set(topic, seq);
    const userId = this.#people[seq % this.#people.length] ?? null;
    const timestamp = new Date().toISOString();
    return { ...event, id: randomUUID(), topic, seq, timestamp, userId, commandId: randomUUID() };
  }
}

type Body<E> = E extends { type: unknown; data: unknown } ? Pick<E, 'type' | 'data'> : never;
type Happening = Body<
  EnvelopeOf<'order_created' | 'order_updated' | 'order_status_changed' | 'inventory_updated'>
>;

const randomBelow = (n: number): number => Math.floor(Math.random() * n);
