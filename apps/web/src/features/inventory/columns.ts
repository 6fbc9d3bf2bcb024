import type { Sort, StockQuery } from './stock-search.ts';

export interface Column {
  readonly name: 'product' | 'zone' | 'elsewhere' | 'actions' | Exclude<Sort, 'sku' | 'name'>;
  /** What a press on its head sorts by; null where it does not. */
  readonly sort: Sort | null;
  readonly width: string;
  readonly number: boolean;
  /**
   * On which screens the column is hidden: on phones, and wide ones on tablets. The product's cell then says
   * the same in words.
   */
  readonly hidden: '' | 'max-md:hidden' | 'max-xl:hidden';
}

const number = (name: Exclude<Sort, 'sku' | 'name'>, wide = true): Column => ({
  name,
  sort: name,
  width: wide ? 'w-28 xl:w-32' : name === 'needed' ? 'w-24 xl:w-30' : 'w-26 md:w-28 xl:w-30',
  number: true,
  hidden: wide ? 'max-md:hidden' : '',
});

/** What a list shows of each level: all of it, or what is to be done about it. */
export function columnsOf({ zone, low }: StockQuery, canWrite: boolean): readonly Column[] {
  const product: Column = { name: 'product', sort: 'name', width: '', number: false, hidden: '' };
  const place: Column = { name: 'zone', sort: null, width: 'w-36', number: false, hidden: 'max-xl:hidden' };
  const elsewhere: Column = {
    name: 'elsewhere',
    sort: null,
    width: 'w-28 xl:w-32',
    number: true,
    hidden: 'max-md:hidden',
  };
  const actions: Column = {
    name: 'actions',
    sort: null,
    width: low ? 'w-13 min-[69rem]:w-47' : 'w-13',
    number: false,
    hidden: '',
  };
  return [
    product,
    ...(zone === null ? [place] : []),
    ...(low
      ? [number('available'), number('reorder_point'), number('needed', false), elsewhere]
      : [number('on_hand'), number('reserved'), number('available', false), number('reorder_point')]),
    ...(canWrite ? [actions] : []),
  ];
}
