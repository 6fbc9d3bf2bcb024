import type { EventType } from '@almenara/events';

export const ACTIVITY_KINDS = ['orders', 'stock', 'catalogue'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** What each event is about, for who looks at one thing only. */
export const KIND_OF: Readonly<Record<EventType, ActivityKind>> = {
  client_created: 'catalogue',
  client_updated: 'catalogue',
  client_archived: 'catalogue',
  client_merged: 'catalogue',
  product_created: 'catalogue',
  product_updated: 'catalogue',
  zone_created: 'catalogue',
  view_saved: 'catalogue',
  view_deleted: 'catalogue',
  company_updated: 'catalogue',
  inventory_updated: 'stock',
  stock_low: 'stock',
  stock_recovered: 'stock',
  zone_counted: 'stock',
  zone_updated: 'catalogue',
  count_started: 'stock',
  count_recorded: 'stock',
  count_finished: 'stock',
  count_cancelled: 'stock',
  order_created: 'orders',
  order_updated: 'orders',
  order_status_changed: 'orders',
  shortage_reported: 'orders',
  return_recorded: 'orders',
};

export const isEventType = (type: string): type is EventType => Object.hasOwn(KIND_OF, type);
