import type { Envelope, EventType } from '@almenara/events';

export const ACTIVITY_KINDS = ['orders', 'stock', 'catalogue'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** The events that people read of, and what each is about. One that is not here, or of a newer server, is nobody's news. */
export const KIND_OF = {
  client_created: 'catalogue',
  client_updated: 'catalogue',
  client_archived: 'catalogue',
  client_merged: 'catalogue',
  product_created: 'catalogue',
  product_updated: 'catalogue',
  zone_created: 'catalogue',
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
} as const satisfies Partial<Record<EventType, ActivityKind>>;

export type ToldEnvelope = Extract<Envelope, { type: keyof typeof KIND_OF }>;
export const isTold = (envelope: Envelope): envelope is ToldEnvelope => Object.hasOwn(KIND_OF, envelope.type);
