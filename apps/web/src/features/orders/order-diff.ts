import type { Order } from '@almenara/events';

/** One thing that is not as it was; null stands for nothing there. */
export type Difference =
  | { readonly kind: 'status'; readonly before: Order['status']; readonly after: Order['status'] }
  | { readonly kind: 'client' | 'notes'; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'assignee'; readonly before: string | null; readonly after: string | null }
  | {
      readonly kind: 'line';
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
    const [was, is] = [had.get(productId)?.quantity ?? null, has.get(productId)?.quantity ?? null];
    if (was !== is) found.push({ kind: 'line', product, before: was, after: is });
  }
  return found;
}

function quantities(order: Order): Map<string, { product: string; quantity: number }> {
  const sums = new Map<string, { product: string; quantity: number }>();
  for (const { productId, name, quantity } of order.lines) {
    sums.set(productId, { product: name, quantity: (sums.get(productId)?.quantity ?? 0) + quantity });
  }
  return sums;
}
