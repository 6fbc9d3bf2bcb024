import { OrderSort, OrderStatus } from '@almenara/events';
import { z } from 'zod';

/** A day of the viewer's calendar, as `2026-03-01`. */
const Day = z.iso.date();

/** What the address of the orders page says. A value that is none is dropped, never an error. */
export const OrdersSearch = z.object({
  view: z.literal('list').optional().catch(undefined),
  q: z.coerce.string().trim().max(200).optional().catch(undefined),
  status: z.array(OrderStatus).min(1).max(6).optional().catch(undefined),
  /** A person's id; `none` for nobody. */
  assignee: z.string().max(64).optional().catch(undefined),
  client: z.uuid().optional().catch(undefined),
  from: Day.optional().catch(undefined),
  to: Day.optional().catch(undefined),
  short: z.literal(true).optional().catch(undefined),
  sort: OrderSort.optional().catch(undefined),
});
export type OrdersSearch = z.output<typeof OrdersSearch>;

/** The filters among it: what is neither how it is shown nor in which order. */
const FILTERS = ['q', 'status', 'assignee', 'client', 'from', 'to', 'short'] as const;

export const hasFilter = (search: OrdersSearch): boolean => FILTERS.some((key) => search[key] !== undefined);

export const filterCount = (search: OrdersSearch): number =>
  FILTERS.filter((key) => key !== 'q' && search[key] !== undefined).length;

/** What a saved view holds, as text and back; text that says nothing of use is the bare page. */
export const toText = (search: OrdersSearch): string => JSON.stringify(search);
export function fromText(text: string): OrdersSearch {
  try {
    return OrdersSearch.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
