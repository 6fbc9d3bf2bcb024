import type { KeyboardEvent } from 'react';

const cardsOf = (column: Element): HTMLElement[] => [...column.querySelectorAll<HTMLElement>('[data-order]')];

/** The card with an order, where the board shows it. */
export const cardOf = (board: Element, orderId: string): HTMLElement | null =>
  board.querySelector<HTMLElement>(`[data-order="${CSS.escape(orderId)}"]`);

/** The order of a card that has the focus, itself or by the button in its corner. */
export const orderOf = (element: HTMLElement): string | null =>
  element.dataset.order ?? element.closest<HTMLElement>('[data-drags]')?.dataset.drags ?? null;

/** The card that an arrow leads to: within its column, or at the same height of the next one that has any. */
function neighbour(board: Element, card: Element, key: string): HTMLElement | null {
  const columns = [...board.querySelectorAll('[data-status]')].map(cardsOf);
  const column = columns.findIndex((cards) => cards.some((other) => other === card));
  const row = columns[column]?.findIndex((other) => other.isSameNode(card)) ?? -1;
  if (row < 0) return null;
  if (key === 'ArrowDown') return columns[column]?.[row + 1] ?? null;
  if (key === 'ArrowUp') return columns[column]?.[row - 1] ?? null;
  const aside = key === 'ArrowRight' ? columns.slice(column + 1) : columns.slice(0, column).reverse();
  const next = aside.find((cards) => cards.length > 0);
  return next?.[Math.min(row, next.length - 1)] ?? null;
}

const ARROWS: readonly string[] = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'];

/** Arrows walk from card to card, `m` asks where the card should go, `x` selects it. */
export function onBoardKey(
  event: KeyboardEvent<HTMLElement>,
  act: { move(orderId: string): void; select(orderId: string): void },
): void {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  const orderId = event.target.dataset.order;
  if (orderId === undefined) return;
  if (ARROWS.includes(event.key)) neighbour(event.currentTarget, event.target, event.key)?.focus();
  else if (event.key === 'm') act.move(orderId);
  else if (event.key === 'x') act.select(orderId);
  else return;
  event.preventDefault();
}
