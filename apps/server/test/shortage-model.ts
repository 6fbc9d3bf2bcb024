import type { CommandInput, OrderStatus } from '@almenara/events';

/**
 * What must come of commands on short orders, worked out by plain arithmetic and without a line of the server's: what
 * is on hand and reserved in each zone, who is short of what, and what each order is worth. It knows one client.
 */

interface Part {
  zone: string;
  quantity: number;
  /** What was reserved last has to give way first. */
  readonly age: number;
}
interface Line {
  readonly product: string;
  quantity: number;
  readonly price: number;
  short: number;
  parts: Part[];
}
export interface ModelOrder {
  readonly id: string;
  status: OrderStatus;
  lines: Line[];
  backOrderOf: string | null;
  backOrderId: string | null;
  readonly back: Record<string, number>;
}
type Lines = CommandInput<'place_order'>['lines'];
/** Which refusal is to be expected; null for none. */
export type Refusal = 'conflict' | 'out_of_stock' | null;

const OPEN: readonly OrderStatus[] = ['placed', 'picking', 'packed'];
const MAY_BECOME: Record<OrderStatus, readonly OrderStatus[]> = {
  placed: ['picking', 'cancelled'],
  picking: ['placed', 'packed', 'cancelled'],
  packed: ['picking', 'shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const has = (line: Line): number => sum(line.parts.map((part) => part.quantity));

export class ShortageModel {
  readonly onHand = new Map<string, number>();
  reserved = new Map<string, number>();
  /** In the order in which they were placed. */
  readonly orders: ModelOrder[] = [];
  private age = 0;
  private readonly zones: readonly string[];
  private readonly prices: ReadonlyMap<string, number>;
  private readonly unstocked: string;

  /** @param unstocked the one product that is on no shelf */
  constructor(zones: readonly string[], prices: ReadonlyMap<string, number>, unstocked: string) {
    this.zones = zones;
    this.prices = prices;
    this.unstocked = unstocked;
  }

  totalOf(order: ModelOrder): number {
    return sum(order.lines.map((line) => line.quantity * line.price));
  }

  /** What left the house for an order and has not come back. */
  outside(order: ModelOrder, product: string): number {
    if (order.status !== 'shipped' && order.status !== 'delivered') return 0;
    const sent = sum(order.lines.filter((line) => line.product === product).map((line) => line.quantity));
    return sent - (order.back[product] ?? 0);
  }

  place(id: string, wanted: Lines): Refusal {
    const order: ModelOrder = {
      id,
      status: 'placed',
      lines: [],
      backOrderOf: null,
      backOrderId: null,
      back: {},
    };
    for (const { productId, quantity } of wanted) {
      const line = this.newLine(productId, quantity);
      order.lines.push(line);
      if (productId !== this.unstocked && !this.reserve(line, quantity)) {
        this.release(order.lines);
        return 'out_of_stock';
      }
    }
    this.orders.push(order);
    return null;
  }

  edit(order: ModelOrder, wanted: Lines): Refusal {
    if (order.status !== 'placed' && order.status !== 'picking') return 'conflict';
    const before = {
      lines: structuredClone(order.lines),
      of: new Map(order.lines.map((line, i) => [line, i])),
      reserved: new Map(this.reserved),
    };
    const had = this.reservedBy(order);
    const unmatched = [...order.lines];
    const lines: Line[] = [];
    const changed: { line: Line; least: number }[] = [];
    for (const { productId, quantity } of wanted) {
      const at = unmatched.findIndex((line) => line.product === productId);
      const [old] = at < 0 ? [] : unmatched.splice(at, 1);
      const line = old ?? this.newLine(productId, quantity);
      lines.push(line);
      if (old && old.quantity === quantity) continue;
      const there = old ? old.quantity - old.short : 0;
      const least = !old
        ? quantity
        : quantity > old.quantity
          ? there + quantity - old.quantity
          : Math.min(there, quantity);
      changed.push({ line, least: productId === this.unstocked ? 0 : least });
      line.quantity = quantity;
    }
    this.release([...unmatched, ...changed.map(({ line }) => line)]);
    for (const { line, least } of changed) {
      line.short = line.product === this.unstocked ? 0 : line.quantity - least;
      if (this.reserve(line, least)) continue;
      // All or nothing: as it was.
      order.lines = before.lines;
      this.reserved = before.reserved;
      return 'out_of_stock';
    }
    order.lines = lines;
    for (const line of lines) {
      this.topUp(line);
      const old = before.lines[before.of.get(line) ?? -1];
      line.parts = this.keptParts(old?.parts ?? [], line.parts);
    }
    const has = this.reservedBy(order);
    this.fill(
      [...had.keys()].filter((product) => (has.get(product) ?? 0) < (had.get(product) ?? 0)),
      order,
    );
    return null;
  }

  move(order: ModelOrder, to: OrderStatus, missing?: 'cancel' | 'back_order', backOrderId?: string): Refusal {
    if (!MAY_BECOME[order.status].includes(to)) return 'conflict';
    if (to === 'shipped') return this.ship(order, missing, backOrderId);
    order.status = to;
    if (to === 'cancelled') {
      const freed = [...this.reservedBy(order).keys()];
      this.release(order.lines);
      this.fill(freed);
    }
    return null;
  }

  private ship(
    order: ModelOrder,
    missing: 'cancel' | 'back_order' = 'back_order',
    backOrderId = '',
  ): Refusal {
    const short = order.lines.filter((line) => line.short > 0);
    if (short.length > 0 && this.reservedBy(order).size === 0) return 'conflict';
    if (short.length > 0 && missing === 'back_order') {
      order.backOrderId = backOrderId;
      this.orders.push({
        id: backOrderId,
        status: 'placed',
        lines: short.map((line) => ({ ...line, quantity: line.short, parts: [] })),
        backOrderOf: order.id,
        backOrderId: null,
        back: {},
      });
    }
    order.status = 'shipped';
    for (const line of order.lines) {
      line.quantity -= line.short;
      line.short = 0;
      for (const part of line.parts) {
        this.add(this.onHand, part.zone, line.product, -part.quantity);
        this.add(this.reserved, part.zone, line.product, -part.quantity);
      }
    }
    order.lines = order.lines.filter((line) => line.quantity > 0);
    return null;
  }

  reserveNow(order: ModelOrder): Refusal {
    if (!OPEN.includes(order.status)) return 'conflict';
    const short = order.lines.filter((line) => line.short > 0);
    if (short.length === 0) return null;
    const before = sum(short.map((line) => line.short));
    for (const line of short) this.topUp(line);
    return sum(short.map((line) => line.short)) < before ? null : 'out_of_stock';
  }

  receive(zone: string, product: string, quantity: number): Refusal {
    this.add(this.onHand, zone, product, quantity);
    this.fill([product]);
    return null;
  }

  giveBack(order: ModelOrder | null, zone: string, product: string, quantity: number): Refusal {
    if (order && quantity > this.outside(order, product)) return 'conflict';
    if (order) order.back[product] = (order.back[product] ?? 0) + quantity;
    return product === this.unstocked ? null : this.receive(zone, product, quantity);
  }

  transfer(product: string, from: string, to: string, quantity: number): Refusal {
    if (this.free(product, from) < quantity) return 'out_of_stock';
    this.add(this.onHand, from, product, -quantity);
    this.add(this.onHand, to, product, quantity);
    return null;
  }

  reportShortage(order: ModelOrder, zone: string, product: string, missing: number): Refusal {
    const parts = order.lines
      .filter((line) => line.product === product)
      .flatMap((line) => line.parts.filter((part) => part.zone === zone));
    if (!OPEN.includes(order.status) || sum(parts.map((part) => part.quantity)) < missing) return 'conflict';
    this.takeFrom(order, zone, product, missing);
    this.add(this.onHand, zone, product, -missing);
    return null;
  }

  /** An adjustment or a count. */
  correct(zone: string, product: string, delta: number): Refusal {
    const onHand = this.at(this.onHand, zone, product) + delta;
    if (onHand < 0) return 'out_of_stock';
    let missing = Math.max(0, this.at(this.reserved, zone, product) - onHand);
    const newest = this.orders
      .filter((order) => OPEN.includes(order.status))
      .flatMap((order) =>
        order.lines
          .filter((line) => line.product === product)
          .flatMap((line) =>
            line.parts.filter((part) => part.zone === zone).map((part) => ({ order, part })),
          ),
      )
      .sort((a, b) => b.part.age - a.part.age);
    const byOrder = new Map<ModelOrder, number>();
    for (const { order, part } of newest) {
      const share = Math.min(missing, part.quantity);
      if (share > 0) byOrder.set(order, (byOrder.get(order) ?? 0) + share);
      missing -= share;
    }
    for (const [order, share] of byOrder) this.takeFrom(order, zone, product, share);
    this.add(this.onHand, zone, product, delta);
    if (delta > 0) this.fill([product]);
    return null;
  }

  /** Goods of an order are not there: its last lines are short of them, and of a line what it got last. */
  private takeFrom(order: ModelOrder, zone: string, product: string, missing: number): void {
    let open = missing;
    for (const line of order.lines.toReversed()) {
      if (line.product !== product) continue;
      for (const part of line.parts.toSorted((a, b) => b.age - a.age)) {
        if (part.zone !== zone) continue;
        const share = Math.min(open, part.quantity);
        part.quantity -= share;
        line.short += share;
        open -= share;
      }
      line.parts = line.parts.filter((part) => part.quantity > 0);
    }
    this.add(this.reserved, zone, product, -missing);
  }

  private fill(products: readonly string[], except?: ModelOrder): void {
    for (const order of this.orders) {
      if (!OPEN.includes(order.status) || order === except) continue;
      for (const line of order.lines) if (products.includes(line.product)) this.topUp(line);
    }
  }

  private topUp(line: Line): void {
    const quantity = Math.min(line.short, this.free(line.product));
    this.reserve(line, quantity);
    line.short -= quantity;
  }

  /** From the zone that has most, then from the next. */
  private reserve(line: Line, quantity: number): boolean {
    if (this.free(line.product) < quantity) return false;
    for (let open = quantity; open > 0; ) {
      const [zone = ''] = this.zones.toSorted(
        (a, b) => this.free(line.product, b) - this.free(line.product, a) || (a < b ? -1 : 1),
      );
      const part = Math.min(open, this.free(line.product, zone));
      this.add(this.reserved, zone, line.product, part);
      line.parts.push({ zone, quantity: part, age: this.nextAge() });
      open -= part;
    }
    return true;
  }

  private release(lines: readonly Line[]): void {
    for (const line of lines) {
      for (const part of line.parts) this.add(this.reserved, part.zone, line.product, -part.quantity);
      line.parts = [];
    }
  }

  /** What an edited line keeps in a zone is as old as it was; it gives up what it got last, and gets what is new. */
  private keptParts(before: readonly Part[], after: readonly Part[]): Part[] {
    const inZone = (parts: readonly Part[], zone: string): number =>
      sum(parts.filter((part) => part.zone === zone).map((part) => part.quantity));
    const kept: Part[] = [];
    for (const zone of new Set([...before, ...after].map((part) => part.zone))) {
      let open = inZone(after, zone);
      for (const part of before.filter((one) => one.zone === zone).toSorted((a, b) => a.age - b.age)) {
        const quantity = Math.min(open, part.quantity);
        if (quantity > 0) kept.push({ ...part, quantity });
        open -= quantity;
      }
      if (open > 0) kept.push({ zone, quantity: open, age: this.nextAge() });
    }
    return kept;
  }

  private reservedBy(order: ModelOrder): Map<string, number> {
    const found = new Map<string, number>();
    for (const line of order.lines)
      if (has(line) > 0) found.set(line.product, (found.get(line.product) ?? 0) + has(line));
    return found;
  }

  private newLine(product: string, quantity: number): Line {
    return { product, quantity, price: this.prices.get(product) ?? 0, short: 0, parts: [] };
  }

  private nextAge(): number {
    this.age += 1;
    return this.age;
  }

  free(product: string, zone?: string): number {
    const zones = zone === undefined ? this.zones : [zone];
    return sum(zones.map((z) => this.at(this.onHand, z, product) - this.at(this.reserved, z, product)));
  }

  at(levels: ReadonlyMap<string, number>, zone: string, product: string): number {
    return levels.get(`${zone} ${product}`) ?? 0;
  }

  private add(levels: Map<string, number>, zone: string, product: string, delta: number): void {
    if (delta !== 0) levels.set(`${zone} ${product}`, this.at(levels, zone, product) + delta);
  }
}
