import { useStockIndex } from '../catalogue/use-stock.ts';

/** Listens to changes of stock on every page of the desk, for toasts and the activity list. */
export function FollowStock() {
  useStockIndex();
  return null;
}
