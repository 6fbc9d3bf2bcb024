import { type CommandInput, hasEditableLines, type Order } from '@almenara/events';
import { draftsOf, type LineDraft, sameLines, toLines } from './line-draft.ts';

/** What is being edited of an order. */
export interface OrderDraft {
  readonly client: { readonly id: string; readonly name: string } | null;
  readonly notes: string;
  readonly lines: readonly LineDraft[];
}

export const toDraft = (order: Order): OrderDraft => ({
  client: { id: order.clientId, name: order.clientName },
  notes: order.notes ?? '',
  lines: draftsOf(order),
});

/** The command for what differs from `base`, or null where nothing does. */
export function toEdit(base: Order, draft: OrderDraft): CommandInput<'edit_order'> | null {
  const before = toDraft(base);
  const changes = {
    ...(draft.client?.id !== before.client?.id && { clientId: draft.client?.id ?? '' }),
    ...(draft.notes.trim() !== before.notes.trim() && { notes: draft.notes.trim() || null }),
    ...(hasEditableLines(base.status) &&
      !sameLines(draft.lines, before.lines) && { lines: toLines(draft.lines) }),
  };
  if (Object.keys(changes).length === 0) return null;
  return { orderId: base.id, expectedVersion: base.version, ...changes };
}

/** The same lines once more: what is short of goods asks for them. Null where lines are settled. */
export const toSame = (base: Order, draft: OrderDraft): CommandInput<'edit_order'> | null =>
  hasEditableLines(base.status)
    ? { orderId: base.id, expectedVersion: base.version, lines: toLines(draft.lines) }
    : null;
