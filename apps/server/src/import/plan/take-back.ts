/** An order that has left, and what of it could still come back. */
export interface SentOrder {
  readonly id: string;
  readonly clientId: string;
  readonly at: Date;
  /** Pieces by product, those that came back already taken off. */
  readonly left: Map<string, number>;
}

export const sumByKey = (
  lines: Iterable<{ readonly key: string; readonly quantity: number }>,
): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { key, quantity } of lines) sums.set(key, (sums.get(key) ?? 0) + quantity);
  return sums;
};

export const covers = (left: ReadonlyMap<string, number>, wanted: ReadonlyMap<string, number>): boolean =>
  [...wanted].every(([key, quantity]) => (left.get(key) ?? 0) >= quantity);

/**
 * Finds the order that a client's goods come back from, which cancellations do not name: the only one, sent before,
 * that has at least as many of each of them. With two that could be it, it is none.
 */
export class SentOrders {
  private readonly byClient = new Map<string, SentOrder[]>();

  constructor(orders: Iterable<SentOrder>) {
    for (const order of orders) this.add(order);
  }

  add(order: SentOrder): void {
    const orders = this.byClient.get(order.clientId);
    if (orders) orders.push({ ...order, left: new Map(order.left) });
    else this.byClient.set(order.clientId, [{ ...order, left: new Map(order.left) }]);
  }

  /** @returns the order's id; what comes back is taken off what is left of it */
  takeBack(clientId: string, at: Date, wanted: ReadonlyMap<string, number>): string | null {
    const fitting = (this.byClient.get(clientId) ?? []).filter(
      (order) => order.at <= at && covers(order.left, wanted),
    );
    const [order, second] = fitting;
    if (!order || second) return null;
    for (const [key, quantity] of wanted) order.left.set(key, (order.left.get(key) ?? 0) - quantity);
    return order.id;
  }
}
