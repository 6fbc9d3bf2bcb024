import type { StockProduct } from './stock-row.ts';

export type StockAction = 'receive' | 'adjust' | 'transfer' | 'set_reorder_point' | 'edit_product';

export interface StockTask {
  readonly action: StockAction;
  readonly product: StockProduct;
  readonly zone: string;
}
