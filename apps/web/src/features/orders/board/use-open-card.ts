import { useParams, useRouter } from '@tanstack/react-router';
import { type MouseEvent, type SyntheticEvent, useRef } from 'react';
import { readOrdersSearch } from '../held/orders-search.ts';

interface OpenCard {
  /** The order that the drawer shows. */
  readonly openId: string | undefined;
  /** For the board: follows a card's link within the page, unless it is asked for elsewhere, as in a new tab. */
  readonly onClick: (event: MouseEvent) => void;
  /** For the board: what shows an order is loaded when the pointer or the focus first comes to one. */
  readonly onNear: (event: SyntheticEvent) => void;
}

const orderUnder = ({ target }: SyntheticEvent): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-order]')?.dataset.order : undefined;

/** One for all cards of a board. The filters in the address stay. */
export function useOpenCard(): OpenCard {
  const router = useRouter();
  const { orderId: openId } = useParams({ strict: false });
  const preloaded = useRef(false);
  const at = (orderId: string) =>
    ({ to: '/orders/$orderId', params: { orderId }, search: readOrdersSearch, resetScroll: false }) as const;
  return {
    openId,
    onClick: (event) => {
      const orderId = orderUnder(event);
      if (orderId === undefined || event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void router.navigate(at(orderId));
    },
    onNear: (event) => {
      const orderId = orderUnder(event);
      if (orderId === undefined || preloaded.current) return;
      preloaded.current = true;
      void router.preloadRoute(at(orderId));
    },
  };
}
