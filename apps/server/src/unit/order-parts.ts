import type { Order, OrderLine } from '@almenara/events';

/** A row of `allocation`: ids rise with time, so that the oldest of a line comes first. */
export interface Part {
  readonly id: string;
  readonly zone: string;
  readonly quantity: number;
}

/** By line. */
export type Parts = ReadonlyMap<string, readonly Part[]>;

const NONE: readonly Part[] = [];
export const NO_PARTS: Parts = new Map();

/** Parts of one zone are told as one, the zone of the oldest first. */
export function byZone(parts: readonly Pick<Part, 'zone' | 'quantity'>[]): OrderLine['allocations'] {
  const [only, second] = parts;
  if (only && !second) return [{ zone: only.zone, quantity: only.quantity }];
  const zones = new Map<string, number>();
  for (const { zone, quantity } of parts) zones.set(zone, (zones.get(zone) ?? 0) + quantity);
  return [...zones].map(([zone, quantity]) => ({ zone, quantity }));
}

/** What a line has to give up in a zone goes from the newest part; what it gets is a new one. */
function partsOf(before: readonly Part[], line: OrderLine, newId: () => string): readonly Part[] {
  const change = new Map(line.allocations.map(({ zone, quantity }) => [zone, quantity]));
  for (const { zone, quantity } of before) change.set(zone, (change.get(zone) ?? 0) - quantity);
  const kept: Part[] = [];
  for (const part of before.toReversed()) {
    const less = Math.max(0, -(change.get(part.zone) ?? 0));
    const cut = Math.min(less, part.quantity);
    if (cut > 0) change.set(part.zone, (change.get(part.zone) ?? 0) + cut);
    if (cut === 0) kept.push(part);
    else if (cut < part.quantity) kept.push({ ...part, quantity: part.quantity - cut });
  }
  kept.reverse();
  for (const [zone, more] of change) if (more > 0) kept.push({ id: newId(), zone, quantity: more });
  return kept;
}

/**
 * The parts of an order that has become `after`, and the order with its allocations in the order in which the tables
 * give them.
 */
export function allocated(
  before: { readonly order: Order; readonly parts: Parts } | null,
  after: Order,
  newId: () => string,
): { readonly order: Order; readonly parts: Parts } {
  if (before !== null && before.order.lines === after.lines) return { order: after, parts: before.parts };
  const same = new Set(before?.order.lines ?? []);
  const parts = new Map<string, readonly Part[]>();
  const lines = after.lines.map((line) => {
    const had = before?.parts.get(line.id) ?? NONE;
    if (same.has(line)) {
      if (had.length > 0) parts.set(line.id, had);
      return line;
    }
    const has = partsOf(had, line, newId);
    if (has.length > 0) parts.set(line.id, has);
    return { ...line, allocations: byZone(has) };
  });
  return { order: { ...after, lines }, parts };
}
