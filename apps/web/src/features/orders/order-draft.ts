import { type CommandInput, hasEditableLines, type Order, type Product } from '@almenara/events';
import { draftsOf, type LineDraft, sameLines, toLines } from './line-draft.ts';

/** What is being edited of an order. */
export interface OrderDraft {
  readonly client: { readonly id: string; readonly name: string } | null;
  readonly notes: string;
  readonly lines: readonly LineDraft[];
}

type Products = ReadonlyMap<string, Product>;

export const toDraft = (order: Order, products: Products): OrderDraft => ({
  client: { id: order.clientId, name: order.clientName },
  notes: order.notes ?? '',
  lines: draftsOf(order, products),
});

/** The command for what differs from `base`, or null where nothing does. */
export function toEdit(
  base: Order,
  draft: OrderDraft,
  products: Products,
): CommandInput<'edit_order'> | null {
  const before = toDraft(base, products);
  const changes = {
    ...(draft.client?.id !== before.client?.id && { clientId: draft.client?.id ?? '' }),
    ...(draft.notes.trim() !== before.notes.trim() && { notes: draft.notes.trim() || null }),
    ...(hasEditableLines(base.status) &&
      !sameLines(draft.lines, before.lines) && { lines: toLines(draft.lines) }),
  };
  if (Object.keys(changes).length === 0) return null;
  return { orderId: base.id, expectedVersion: base.version, ...changes };
}

/** The draft on top of a newer version: what was not touched follows it, what was stays. */
export function rebased(draft: OrderDraft, base: Order, newer: Order, products: Products): OrderDraft {
  const before = toDraft(base, products);
  const after = toDraft(newer, products);
  return {
    client: draft.client?.id === before.client?.id ? after.client : draft.client,
    notes: draft.notes === before.notes ? after.notes : draft.notes,
    lines: sameLines(draft.lines, before.lines) ? after.lines : draft.lines,
  };
}
