import { available, type OrderLine } from '@almenara/events';
import { Refused } from '../errors.ts';
import type { Stock } from './stock.ts';

/** A line that wants goods: from one zone, or from wherever they are. */
export interface Wanted {
  readonly productId: string;
  readonly quantity: number;
  readonly zone?: string | undefined;
  /** It may go without the rest; all of `quantity` if left out. */
  readonly atLeast?: number;
}

type Allocations = OrderLine['allocations'];

/** What a line has reserved in one place. */
export interface Held {
  readonly zone: string;
  readonly productId: string;
  readonly quantity: number;
}

interface Missing {
  line: number;
  productId: string;
  requested: number;
  available: number;
}

/** Free stock, counted down as it is given out, so that a product on two lines counts once [S1]. */
export class FreeStock {
  private readonly stock: Stock;
  private readonly freed: readonly Held[];
  private readonly places = new Map<string, { readonly zone: string; free: number }[]>();

  /** @param freed what the order in hand holds now and gives back */
  constructor(stock: Stock, freed: readonly Held[] = []) {
    this.stock = stock;
    this.freed = freed;
  }

  of(productId: string, zone?: string): number {
    return this.placesOf(productId, zone).reduce((sum, place) => sum + place.free, 0);
  }

  /** As much as there is, up to `quantity`. One zone that has everything is preferred to several. */
  take({ productId, quantity, zone }: Omit<Wanted, 'atLeast'>): Allocations {
    const allocations: Allocations = [];
    let open = quantity;
    const fullestFirst = this.placesOf(productId, zone).toSorted(
      (a, b) => b.free - a.free || (a.zone < b.zone ? -1 : 1),
    );
    for (const place of fullestFirst) {
      const part = Math.min(open, place.free);
      if (part <= 0) break;
      place.free -= part;
      open -= part;
      allocations.push({ zone: place.zone, quantity: part });
    }
    return allocations;
  }

  private placesOf(productId: string, zone?: string) {
    let places = this.places.get(productId);
    if (!places) {
      places = this.stock.of(productId).map((level) => ({ zone: level.zone, free: available(level) }));
      for (const held of this.freed) {
        const place = places.find((one) => one.zone === held.zone);
        if (held.productId === productId && place) place.free += held.quantity;
      }
      this.places.set(productId, places);
    }
    return zone === undefined ? places : places.filter((place) => place.zone === zone);
  }
}

/**
 * Finds goods for all lines, at least what each must have, or for none; lines that name a zone choose first.
 *
 * @returns the allocations of each line, in the lines' order
 * @throws Refused `out_of_stock` with what each unfilled line requested and what is available to it
 */
export function allocate(free: FreeStock, lines: readonly Wanted[]): Allocations[] {
  const result: Allocations[] = lines.map(() => []);
  const missing: Missing[] = [];
  const inTurn = lines
    .map((wanted, line) => ({ wanted, line }))
    .sort(
      (a, b) => Number(b.wanted.zone !== undefined) - Number(a.wanted.zone !== undefined) || a.line - b.line,
    );
  for (const { wanted, line } of inTurn) {
    const { productId, zone, quantity, atLeast = quantity } = wanted;
    const there = free.of(productId, zone);
    if (there < atLeast) missing.push({ line, productId, requested: quantity, available: there });
    else result[line] = free.take({ productId, zone, quantity: atLeast });
  }
  if (missing.length > 0) {
    missing.sort((a, b) => a.line - b.line);
    throw new Refused('out_of_stock', 'There is not enough available.', { details: { lines: missing } });
  }
  return result;
}

/** Both, zone by zone, those of `before` first. */
function joined(before: Allocations, more: Allocations): Allocations {
  const zones = new Map<string, number>();
  for (const { zone, quantity } of [...before, ...more]) zones.set(zone, (zones.get(zone) ?? 0) + quantity);
  return [...zones].map(([zone, quantity]) => ({ zone, quantity }));
}

/** The line with what there is of what it is short of. */
export function toppedUp(free: FreeStock, line: OrderLine, zone?: string): OrderLine {
  if (line.short === 0) return line;
  const more = free.take({ productId: line.productId, quantity: line.short, zone });
  if (more.length === 0) return line;
  const got = more.reduce((sum, { quantity }) => sum + quantity, 0);
  return { ...line, short: line.short - got, allocations: joined(line.allocations, more) };
}

export function heldBy(lines: readonly Pick<OrderLine, 'productId' | 'allocations'>[]): Held[] {
  return lines.flatMap(({ productId, allocations }) =>
    allocations.map(({ zone, quantity }) => ({ zone, productId, quantity })),
  );
}

/** Books the difference between what was reserved and what shall be: one movement a place, none where nothing changes. */
export function rebook(
  stock: Stock,
  orderId: string,
  before: readonly Pick<OrderLine, 'productId' | 'allocations'>[],
  after: readonly Pick<OrderLine, 'productId' | 'allocations'>[],
): void {
  const deltas = new Map<string, { zone: string; productId: string; delta: number }>();
  const add = (sign: 1 | -1) => (held: Held) => {
    const key = `${held.zone} ${held.productId}`;
    const delta = (deltas.get(key)?.delta ?? 0) + sign * held.quantity;
    deltas.set(key, { zone: held.zone, productId: held.productId, delta });
  };
  for (const held of heldBy(before)) add(-1)(held);
  for (const held of heldBy(after)) add(1)(held);
  for (const { delta, ...place } of deltas.values()) {
    if (delta === 0) continue;
    stock.move(place, { kind: delta > 0 ? 'reservation' : 'release', reserved: delta, orderId });
  }
}
