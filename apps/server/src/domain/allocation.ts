import { available, type Level, type OrderLine } from '@almenara/events';
import { Refused } from '../errors.ts';
import type { Stock } from './stock.ts';

/** A line that wants goods: from one zone, or from wherever they are. */
export interface Wanted {
  readonly productId: string;
  readonly quantity: number;
  readonly zone?: string | undefined;
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

/**
 * Finds goods for all lines or for none. Works on free stock that it counts down itself, so that a product on two
 * lines counts once [S1]; lines that name a zone choose first. One zone that has everything is preferred to several.
 *
 * `freed` is what the same order holds now and gives back.
 *
 * @returns the allocations of each line, in the lines' order
 * @throws Refused `out_of_stock` with what each unfilled line requested and what is available to it
 */
export function allocate(stock: Stock, lines: readonly Wanted[], freed: readonly Held[] = []): Allocations[] {
  const free = new Map<string, number>();
  const freeAt = (level: Level): number => free.get(`${level.zone} ${level.productId}`) ?? available(level);
  for (const held of freed) {
    free.set(`${held.zone} ${held.productId}`, freeAt(stock.at(held)) + held.quantity);
  }
  const result: Allocations[] = lines.map(() => []);
  const missing: Missing[] = [];

  const inTurn = lines
    .map((wanted, line) => ({ wanted, line }))
    .sort(
      (a, b) => Number(b.wanted.zone !== undefined) - Number(a.wanted.zone !== undefined) || a.line - b.line,
    );
  for (const { wanted, line } of inTurn) {
    const levels = stock
      .of(wanted.productId)
      .filter((level) => wanted.zone === undefined || level.zone === wanted.zone)
      .sort((a, b) => freeAt(b) - freeAt(a));
    const sum = levels.reduce((n, level) => n + freeAt(level), 0);
    if (sum < wanted.quantity) {
      missing.push({ line, productId: wanted.productId, requested: wanted.quantity, available: sum });
      continue;
    }
    result[line] = take(levels, wanted.quantity, freeAt, (level, quantity) =>
      free.set(`${level.zone} ${level.productId}`, freeAt(level) - quantity),
    );
  }
  if (missing.length > 0) {
    missing.sort((a, b) => a.line - b.line);
    throw new Refused('out_of_stock', 'There is not enough available.', { details: { lines: missing } });
  }
  return result;
}

function take(
  levels: readonly Level[],
  quantity: number,
  freeAt: (level: Level) => number,
  taken: (level: Level, quantity: number) => void,
): Allocations {
  const allocations: Allocations = [];
  let open = quantity;
  for (const level of levels) {
    const part = Math.min(open, freeAt(level));
    if (part <= 0) continue;
    taken(level, part);
    allocations.push({ zone: level.zone, quantity: part });
    open -= part;
  }
  return allocations;
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
