import { ORDER_STATUSES, type OrderSort, type OrderStatus } from '@almenara/events';
import { isDay, isOneOf, isText, isUuid, type Search } from '../../../http/search-params.ts';

export const ORDER_SORTS = [
  'newest',
  'oldest',
  'changed',
  'largest',
  'smallest',
] as const satisfies readonly OrderSort[];

/** What the address of the orders page says. */
export interface OrdersSearch {
  readonly view?: 'list' | undefined;
  readonly q?: string | undefined;
  readonly status?: readonly OrderStatus[] | undefined;
  /** A person's id; `none` for nobody. */
  readonly assignee?: string | undefined;
  readonly client?: string | undefined;
  /** Days of the viewer's calendar, as `2026-03-01`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly short?: true | undefined;
  readonly sort?: OrderSort | undefined;
}

/** Reads the search part of an address. Values that mean nothing are dropped without an error. */
export function readOrdersSearch(search: Search): OrdersSearch {
  const { view, status, assignee, client, from, to, short, sort } = search;
  // The router has turned what looks like a number into one.
  const q = typeof search.q === 'number' ? String(search.q) : search.q;
  const statuses = Array.isArray(status)
    ? [...new Set(status)].filter((one): one is OrderStatus => isOneOf(one, ORDER_STATUSES))
    : [];
  return {
    ...(view === 'list' && { view }),
    ...(isText(q, 200) && { q }),
    ...(statuses.length > 0 && { status: statuses }),
    ...(isText(assignee, 64) && { assignee }),
    ...(isUuid(client) && { client }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
    ...(short === true && { short }),
    ...(isOneOf(sort, ORDER_SORTS) && { sort }),
  };
}

/** The filters among it: what is neither how it is shown nor in which order. */
const FILTERS = ['q', 'status', 'assignee', 'client', 'from', 'to', 'short'] as const;

export const hasFilter = (search: OrdersSearch): boolean => FILTERS.some((key) => search[key] !== undefined);

export const filterCount = (search: OrdersSearch): number =>
  FILTERS.filter((key) => key !== 'q' && search[key] !== undefined).length;

/** What a saved view holds, as text and back; text that says nothing of use is the bare page. */
export const toText = (search: OrdersSearch): string => JSON.stringify(search);
export function fromText(text: string): OrdersSearch {
  try {
    return readOrdersSearch(JSON.parse(text) ?? {});
  } catch {
    return {};
  }
}
