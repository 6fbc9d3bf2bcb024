import type { Bound, Sql } from '../database/sql.ts';
import { ClientRows } from './client-rows.ts';
import { CountRows } from './count-rows.ts';
import { LevelRows } from './level-rows.ts';
import { Lookups } from './lookups.ts';
import { type Correction, Named, type Needs, placeKey } from './needs.ts';
import type { OrderNumbers } from './numbers.ts';
import { OrderRows } from './order-rows.ts';
import { ProductRows } from './product-rows.ts';
import { ReturnRows } from './return-rows.ts';
import { Contention, Journal } from './rows.ts';
import { lookAtLevels, productsOf, readHolders, readWaiting } from './waiting.ts';

/** What a command needs more, once what it named first is held: later ones of the one order only. */
export type More = (unit: Unit) => Needs | null;

/** What a command asks for. */
export interface Asking {
  readonly needs: Needs;
  readonly more: More | null;
}

/**
 * Unit of work: the rows that a transaction holds, as its commands have left them so far. It is filled once, before the
 * first command decides, and written once, after the last, each table with one statement.
 */
export class Unit {
  readonly orders: OrderRows;
  readonly clients: ClientRows;
  readonly products: ProductRows;
  readonly levels: LevelRows;
  readonly returns: ReturnRows;
  readonly counts: CountRows;
  readonly lookups = new Lookups();
  private readonly journal = new Journal();
  private readonly taken: OrderNumbers;
  private numbers: number[] = [];
  private named: Needs[][] = [];
  private found: readonly string[] = [];

  constructor({ newId, numbers }: { newId: () => string; numbers: OrderNumbers }) {
    this.taken = numbers;
    this.orders = new OrderRows(this.journal, newId);
    this.clients = new ClientRows(this.journal);
    this.products = new ProductRows(this.journal);
    this.levels = new LevelRows(this.journal);
    this.returns = new ReturnRows(this.journal);
    this.counts = new CountRows(this.journal);
  }

  /** What each command has named so far, in the order of `load`; and the orders that were found by what they wait for or hold. */
  get asked(): { readonly named: readonly (readonly Needs[])[]; readonly found: readonly string[] } {
    return { named: this.named, found: this.found };
  }

  /** Everything since is taken back by `undoTo`. */
  get mark(): number {
    return this.journal.mark;
  }

  undoTo(mark: number): void {
    this.journal.undoTo(mark);
  }

  nextNumber(): number {
    const number = this.numbers.shift();
    if (number === undefined) throw new Contention('No order number was asked for.');
    this.journal.add(() => this.numbers.unshift(number));
    return number;
  }

  /**
   * Reads and locks what all of these name, in the one order there is: counts, orders, clients, products, levels; each
   * table at once and sorted. Statements that need no answer of others are given together.
   */
  async load(sql: Sql, asking: readonly Asking[]): Promise<void> {
    this.named = asking.map(({ needs }) => [needs]);
    const needs = new Named(this.named.flat());
    const more = asking.some((one) => one.more);
    const early = [begun(this.counts.load(sql, needs.list('counts')))];
    const { orderIds, waiting } = await this.ordersOf(sql, needs);
    early.push(
      begun(this.orders.load(sql, orderIds)),
      begun(this.orders.loadTaken(sql, needs.keys('newOrders'))),
    );
    // Without a second question nothing has to be known before the rest is asked for.
    if (more) {
      await Promise.all(early);
      for (const [i, one] of asking.entries()) this.named[i]?.push(...asked(one.more?.(this)));
    }
    const later = this.loadLater(sql, more ? new Named(this.named.flat()) : needs, waiting);
    await Promise.all([...early, later]);
  }

  /** What writes every table that has changed. */
  writes(): Bound[] {
    const tables = [this.clients, this.products, this.orders, this.returns, this.levels, this.counts];
    return tables.flatMap((table) => [...table.writes()]);
  }

  /** The transaction is over: numbers that no order has are others'. */
  release({ committed }: { readonly committed: boolean }): void {
    if (!committed) this.journal.undoTo(0);
    this.taken.giveBack(this.numbers);
    this.numbers = [];
  }

  private async loadLater(sql: Sql, needs: Named, waiting: readonly string[]): Promise<void> {
    const { numbers } = needs;
    const places = [...needs.list('places'), ...needs.list('corrections')];
    const reading: Promise<unknown>[] = [
      this.clients.load(sql, { held: needs.keys('clients'), changed: needs.keys('changedClients') }),
      this.clients.loadTaken(sql, needs.keys('newClients')),
      this.products.load(sql, { held: needs.keys('products'), changed: needs.keys('changedProducts') }),
      this.products.loadCodes(sql, needs.keys('skus'), needs.keys('barcodes')),
      this.lookups.loadZones(sql, [...new Set([...needs.keys('zones'), ...places.map(({ zone }) => zone)])]),
      this.lookups.loadUsers(sql, needs.keys('users')),
      this.returns.load(sql, needs.keys('returnsOf')),
    ].map(begun);
    const homes = needs.keys('homes');
    if (homes.length > 0) {
      await this.lookups.loadHomes(sql, homes);
      for (const productId of homes) {
        const zone = this.lookups.homeOf(productId);
        if (zone !== null) places.push({ zone, productId });
      }
    }
    const productIds = new Set([
      ...needs.keys('levels'),
      ...waiting,
      ...places.map(({ productId }) => productId),
    ]);
    reading.push(this.levels.load(sql, [...productIds].sort(), places));
    reading.push(this.loadMissed(sql, needs.list('corrections'), waiting));
    reading.push(this.counts.loadCorrections(sql));
    if (numbers > 0)
      reading.push(
        this.taken.take(sql, numbers).then((taken) => {
          this.numbers.push(...taken);
        }),
      );
    await Promise.all(reading);
  }

  /**
   * Under the locks on the levels nobody becomes short of them any more, nor reserves them. Who did so since we looked is
   * locked now if that is free: to wait for it would be against the order of locks.
   */
  private async loadMissed(
    sql: Sql,
    corrections: readonly Correction[],
    waiting: readonly string[],
  ): Promise<void> {
    if (corrections.length === 0 && waiting.length === 0) return;
    const missed = new Set<string>();
    const products = new Set(waiting);
    if (corrections.length > 0) await this.correctedBy(sql, corrections, missed, products);
    const still = products.size === 0 ? [] : await readWaiting(sql, [...products].sort());
    for (const { orderId } of still) missed.add(orderId);
    await this.orders.loadFree(sql, [...missed].filter((id) => !this.orders.isHeld(id)).sort());
    this.orders.waits([...products], still);
  }

  /** The orders that are named, by their ids or by what they wait for or hold; the products that are waited for. */
  private async ordersOf(sql: Sql, needs: Named): Promise<{ orderIds: string[]; waiting: string[] }> {
    const orderIds = new Set(needs.keys('orders', 'givenUp'));
    const products = new Set(needs.keys('waiting'));
    const corrections = needs.list('corrections');
    const givenUp = needs.keys('givenUp');
    if (corrections.length > 0) await this.correctedBy(sql, corrections, orderIds, products);
    if (givenUp.length > 0) for (const id of await productsOf(sql, givenUp)) products.add(id);
    const waiting = [...products].sort();
    if (waiting.length > 0) for (const { orderId } of await readWaiting(sql, waiting)) orderIds.add(orderId);
    const named = new Set(needs.keys('orders', 'givenUp'));
    this.found = [...orderIds].filter((id) => !named.has(id));
    return { orderIds: [...orderIds].sort(), waiting };
  }

  private async correctedBy(
    sql: Sql,
    corrections: readonly Correction[],
    orderIds: Set<string>,
    products: Set<string>,
  ): Promise<void> {
    const seen = new Map((await lookAtLevels(sql, corrections)).map((level) => [placeKey(level), level]));
    const over = corrections.filter((correction) => {
      const { onHand = 0, reserved = 0 } = seen.get(placeKey(correction)) ?? {};
      const target = correction.target(onHand);
      if (target > onHand) products.add(correction.productId);
      return target < reserved;
    });
    for (const orderId of await readHolders(sql, over)) orderIds.add(orderId);
  }
}

const asked = (needs: Needs | null | undefined): Needs[] => (needs ? [needs] : []);

/** Of several that are under way, and fail together, only the first failure is told. */
function begun<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
