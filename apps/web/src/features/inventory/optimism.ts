import type { QueuedCommand } from '@almenara/client/queue';
import type { Level } from '@almenara/events';
import { type Overlay, pendingInput } from '../../realtime/index.ts';

interface Change {
  readonly productId: string;
  apply(level: Level): Level;
}

const more = (productId: string, delta: number): Change => ({
  productId,
  // What happens to reservations when fewer pieces are on hand is for the server to decide: on screen they stay
  // covered.
  apply: (level) => ({ ...level, onHand: Math.max(level.reserved, level.onHand + delta) }),
});

/** What a command will do to the levels of a zone. */
function changesOf(command: QueuedCommand, zone: string): Change[] {
  const received = pendingInput(command, 'receive_stock');
  if (received?.zone === zone) return [more(received.productId, received.quantity)];
  const adjusted = pendingInput(command, 'adjust_stock');
  if (adjusted?.zone === zone) return [more(adjusted.productId, adjusted.delta)];
  const moved = pendingInput(command, 'transfer_stock');
  if (moved?.from === zone) return [more(moved.productId, -moved.quantity)];
  if (moved?.to === zone) return [more(moved.productId, moved.quantity)];
  const point = pendingInput(command, 'set_reorder_point');
  if (point?.zone === zone) {
    const { productId, reorderPoint } = point;
    return [{ productId, apply: (level) => ({ ...level, reorderPoint }) }];
  }
  const counted = pendingInput(command, 'count_zone');
  if (counted?.zone !== zone) return [];
  return counted.counts.map(({ productId, counted: onHand }) => ({
    productId,
    apply: (level) => ({ ...level, onHand: Math.max(level.reserved, onHand) }),
  }));
}

/** A zone's levels as they will be once the pending changes are done. */
export const pendingLevels: Overlay<'inventory'> = (view, pending) => {
  const changes = pending.flatMap((command) => changesOf(command, view.zone));
  if (changes.length === 0) return view;
  const levels = new Map(view.levels.map((level) => [level.productId, level]));
  for (const { productId, apply } of changes) {
    // In a zone that is only partly here, a level that is missing may still exist: it is not shown as empty.
    if (view.truncated && !levels.has(productId)) continue;
    const nothing = { productId, zone: view.zone, onHand: 0, reserved: 0, reorderPoint: 0 };
    levels.set(productId, apply(levels.get(productId) ?? nothing));
  }
  return { ...view, levels: [...levels.values()] };
};
