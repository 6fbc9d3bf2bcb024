import { useMemo } from 'react';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { BoardSkeleton } from '../board/board-skeleton.tsx';
import type { BoardViewProps } from '../board/paged-board.tsx';
import { isPartlyHeld } from '../held/held-orders.ts';
import { ORDERINGS, orderFilter } from '../held/order-filter.ts';
import { ListOf } from './list-of.tsx';

const PagedList = lazyPart(async () => (await import('./paged-list.tsx')).PagedList, {
  placeholder: <BoardSkeleton />,
});

export function ListView(props: BoardViewProps) {
  const { view, search } = props;
  const orders = useMemo(() => {
    const fits = orderFilter(search);
    return view.orders.filter((order) => fits(order)).sort(ORDERINGS[search.sort ?? 'newest']);
  }, [view.orders, search]);
  if (isPartlyHeld(view, search)) return <PagedList {...props} />;
  const listed = { orders, total: orders.length, isAtLeast: false, loading: false, error: null, more: null };
  return <ListOf {...props} listed={listed} />;
}
