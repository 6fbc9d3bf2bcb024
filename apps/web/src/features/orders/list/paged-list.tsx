import type { BoardViewProps } from '../board/paged-board.tsx';
import { ListOf } from './list-of.tsx';
import { useListedOrders } from './use-listed-orders.ts';

/** The list of a desk of which only part of the orders is here. */
export function PagedList(props: BoardViewProps) {
  return <ListOf {...props} listed={useListedOrders(props.view, props.search)} />;
}
