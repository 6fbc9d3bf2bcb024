import type { OrderStatus } from '@almenara/events';
import { wantsStillness } from '../../../ui/use-gliding.ts';
import { cardOf } from './board-keys.ts';

/** How much of a column's width has to be in sight for it to count as seen: a piece of the next column always is. */
const SEEN = 0.5;

/**
 * Scrolls to a card if its column is out of sight, as on a phone that shows one at a time. A card further down in a
 * column that is seen is left there: whoever moves one card after the other keeps the place. @returns whether it scrolls
 */
export function revealCard(board: HTMLElement, orderId: string, status: OrderStatus): boolean {
  const column = board.querySelector<HTMLElement>(`[data-status="${status}"]`);
  if (!column) return false;
  const [place, frame] = [column.getBoundingClientRect(), board.getBoundingClientRect()];
  const seen = Math.min(place.right, frame.right) - Math.max(place.left, frame.left);
  if (seen >= place.width * SEEN) return false;
  (cardOf(board, orderId) ?? column).scrollIntoView({
    inline: 'start',
    block: 'nearest',
    behavior: wantsStillness() ? 'auto' : 'smooth',
  });
  return true;
}
