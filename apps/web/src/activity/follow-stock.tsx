import { useStockIndex } from '../catalogue/use-stock.ts';

/** What happens to stock is heard of on whichever page. */
export function FollowStock() {
  useStockIndex();
  return null;
}
