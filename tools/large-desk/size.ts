/** How much of everything a large desk has. */
export interface DeskSize {
  readonly zones: number;
  readonly products: number;
  readonly clients: number;
  readonly openOrders: number;
  readonly closedOrders: number;
}

/**
 * At scale 1 and with one history: about a million movements, and twice as many events.
 * @param scale of everything; a small desk keeps at least a few of each
 * @param history of what is past: closed orders, with their movements and events
 */
export function sizeOf(scale: number, history: number): DeskSize {
  const of = (many: number, least: number): number => Math.max(least, Math.round(many * scale));
  return {
    zones: Math.min(50, of(50, 3)),
    products: of(100_000, 50),
    clients: of(300_000, 60),
    openOrders: of(100_000, 100),
    closedOrders: of(200_000 * history, 100),
  };
}
