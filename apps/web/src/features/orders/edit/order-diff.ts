import type { Order } from '@almenara/events';

/** One difference between two versions of an order; null stands for an empty field. */
export type Difference =
  | { readonly kind: 'status'; readonly before: Order['status']; readonly after: Order['status'] }
  | { readonly kind: 'client' | 'notes'; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'assignee'; readonly before: string | null; readonly after: string | null }
  | {
      /** How many are ordered, or how many of them are missing. */
      readonly kind: 'line' | 'short';
      readonly product: string;
      readonly before: number | null;
      readonly after: number | null;
    };

/** What a person would see differ between two versions of an order. */
export function differences(before: Order, after: Order): Difference[] {
  const found: Difference[] = [];
  if (before.status !== after.status)
    found.push({ kind: 'status', before: before.status, after: after.status });
  if (before.clientId !== after.clientId)
    found.push({ kind: 'client', before: before.clientName, after: after.clientName });
  if (before.notes !== after.notes) found.push({ kind: 'notes', before: before.notes, after: after.notes });
  if (before.assigneeId !== after.assigneeId) {
    found.push({ kind: 'assignee', before: before.assigneeId, after: after.assigneeId });
  }
  const had = quantities(before);
  const has = quantities(after);
  for (const [productId, { product }] of new Map([...had, ...has])) {
    const [was, is] = [had.get(productId), has.get(productId)];
    if (was?.quantity !== is?.quantity)
      found.push({ kind: 'line', product, before: was?.quantity ?? null, after: is?.quantity ?? null });
    if (is !== undefined && (was?.short ?? 0) !== is.short)
      found.push({ kind: 'short', product, before: was?.short ?? 0, after: is.short });
  }
  return found;
}

interface Sum {
  readonly product: string;
  readonly quantity: number;
  readonly short: number;
}

function quantities(order: Order): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { productId, name, quantity, short } of order.lines) {
    const sum = sums.get(productId) ?? { product: name, quantity: 0, short: 0 };
    sums.set(productId, { ...sum, quantity: sum.quantity + quantity, short: sum.short + short });
  }
  return sums;
}
