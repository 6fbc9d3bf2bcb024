/** What happens to the available stock of a product, in the order in which it happens. */
export interface Effect {
  readonly key: string;
  readonly delta: number;
}

/** Stock that must have been there before the import. */
export interface Opening {
  readonly key: string;
  /** What is missing of it. */
  readonly quantity: number;
  /** What must be available then; written as this, it is not received twice. */
  readonly upTo: number;
}

/**
 * How much of each product must have been there before, so that what is available is never below 0: the deepest point
 * of its running balance. Products that never run short are left out.
 */
export function deficits(
  effects: Iterable<Effect>,
  availableOf: (key: string) => number,
): Map<string, number> {
  const balances = new Map<string, number>();
  const deepest = new Map<string, number>();
  for (const { key, delta } of effects) {
    const balance = (balances.get(key) ?? availableOf(key)) + delta;
    balances.set(key, balance);
    if (balance < -(deepest.get(key) ?? 0)) deepest.set(key, -balance);
  }
  return deepest;
}
