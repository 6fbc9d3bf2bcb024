import { isClosed, ORDER_STATUSES, type Order, type OrderStatus } from '@almenara/events';
import { useState } from 'react';
import type { TextSearch } from '../../../text-search.ts';

export type Columns = Record<OrderStatus, readonly Order[]>;

/** By code unit, as the server sorts moments. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As `list_orders` sorts by `closed`. */
export const lastClosedFirst = (a: Order, b: Order): number =>
  byText(b.closedAt ?? '', a.closedAt ?? '') || b.number - a.number;
/** Orders by status: open ones newest first, closed ones by when they were closed. */
function toColumns(orders: readonly Order[]): Columns {
  const columns: Record<OrderStatus, Order[]> = {
    placed: [],
    picking: [],
    packed: [],
    shipped: [],
    delivered: [],
    cancelled: [],
  };
  for (const order of orders) columns[order.status].push(order);
  for (const status of ORDER_STATUSES) if (isClosed(status)) columns[status].sort(lastClosedFirst);
  return columns;
}

/** A column whose orders are all what they were stays the same array: only those that changed are drawn anew. */
export function useColumns(orders: readonly Order[]): Columns {
  const [shown, setShown] = useState(() => ({ orders, columns: toColumns(orders) }));
  if (shown.orders === orders) return shown.columns;
  const columns: Columns = toColumns(orders);
  for (const status of ORDER_STATUSES)
    if (sameOrders(columns[status], shown.columns[status])) columns[status] = shown.columns[status];
  setShown({ orders, columns });
  return columns;
}

const sameOrders = (a: readonly Order[], b: readonly Order[]): boolean =>
  a.length === b.length && a.every((order, i) => sameOrder(order, b[i]));

/** Whether they say the same: a snapshot brings new objects, and what is pending (`pendingOrders`) keeps the version. */
export const sameOrder = (a: Order, b: Order | undefined): boolean =>
  a === b ||
  (a.id === b?.id && a.version === b.version && a.updatedAt === b.updatedAt && a.clientName === b.clientName);

/** What somebody here has moved, and where to. */
export interface OwnMove {
  readonly orderId: string;
  readonly to: OrderStatus;
}

export const hasArrived = (columns: Columns, { orderId, to }: OwnMove): boolean =>
  columns[to].some(({ id }) => id === orderId);

/**
 * Number, reference, client, skus and product names: where the server's search looks, too. `exact`: a number is the
 * whole one, as for the server; where all orders are held, a part of it will do.
 */
export function matchesOrder(order: Order, search: TextSearch, exact = false): boolean {
  const { wanted } = search;
  if (wanted === '') return true;
  if (/^#?\d+$/.test(wanted)) {
    const [number, digits] = [String(order.number), wanted.replace('#', '')];
    if (exact ? order.number === Number(digits) : number.includes(digits)) return true;
  }
  return search.finds(
    order.clientName,
    order.reference,
    ...order.lines.flatMap(({ sku, name }) => [sku, name]),
  );
}

/** How many a column of closed orders shows at first. */
export const FIRST_CLOSED = 15;

/** What there is of a column beyond the orders that are here. */
export interface ColumnEnd {
  /** How many the column has in all; null while that is not known. */
  readonly count: number | null;
  /** There may be more than `count`. */
  readonly isAtLeast: boolean;
  readonly loading: boolean;
  /** Why the rest could not be read. */
  readonly problem: string | null;
}

export type ColumnEnds = Readonly<Record<OrderStatus, ColumnEnd>>;

/** Of a column that is here as a whole. */
export const NOTHING_BEYOND = { isAtLeast: false, loading: false, problem: null } as const;
