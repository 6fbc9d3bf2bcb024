import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../base/define.ts';
import { OFFLINE } from '../base/offline.ts';
import { foundPageOf, Ids, pageOf, pageParams, searchParam } from '../base/page.ts';
import { Money, Quantity, Timestamp, Uuid, Version, ZoneCode } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES, WRITERS } from '../base/roles.ts';
import { text } from '../base/text.ts';
import { goodsLines, Level } from './inventory.ts';
import { ORDER_STATUSES } from './order-status.ts';
import { Return } from './returns.ts';

export const OrderStatus = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const OrderLine = z.object({
  id: Uuid,
  productId: Uuid,
  sku: z.string(),
  name: z.string(),
  quantity: Quantity,
  unitPrice: Money,
  /** Where the goods are reserved, or were taken from. */
  allocations: z.array(z.object({ zone: ZoneCode, quantity: Quantity })),
  /** How many of `quantity` are not there: they are reserved as soon as there are any, the oldest order first. */
  short: z.int().min(0),
});
export type OrderLine = z.infer<typeof OrderLine>;

export const Order = z.object({
  id: Uuid,
  number: z.int().min(1),
  /** The document's name where it came from, for imported orders. */
  reference: z.string().nullable(),
  clientId: Uuid,
  /** As it was when the order was last given its client. */
  clientName: z.string(),
  status: OrderStatus,
  lines: z.array(OrderLine),
  /** How many lines it has, where a list leaves them out (`lines` is empty then), … */
  lineCount: z.int().min(1).optional(),
  /** … and how many of those are short. */
  shortLines: z.int().min(0).optional(),
  total: Money,
  assigneeId: z.string().nullable(),
  notes: z.string().nullable(),
  version: Version,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** When it was delivered or cancelled. */
  closedAt: Timestamp.nullable(),
  /** The order whose missing goods this one waits for. */
  backOrderOf: Uuid.optional(),
  /** The order that waits for what was missing of this one. */
  backOrderId: Uuid.optional(),
});
export type Order = z.infer<typeof Order>;

const OrderResult = z.object({ order: Order });

/** How many orders there are of each status. */
export const OrderCounts = z.object({
  placed: z.int(),
  picking: z.int(),
  packed: z.int(),
  shipped: z.int(),
  delivered: z.int(),
  cancelled: z.int(),
});
export type OrderCounts = z.infer<typeof OrderCounts>;

/** What becomes of goods that an order is short of when it goes without them. */
export const Missing = z.enum(['cancel', 'back_order']);
export type Missing = z.infer<typeof Missing>;

/** Goods that an order was short of and that are reserved for it now. */
const Filled = z.array(z.object({ productId: Uuid, zone: ZoneCode, quantity: Quantity }));

export const orderEvents = {
  order_created: defineEvent('order_created', 'An order was placed.', OrderResult),
  order_updated: defineEvent(
    'order_updated',
    'Lines, client, notes or assignee of an order changed, or goods that it was short of were reserved (`filled`).',
    OrderResult.extend({ filled: Filled.optional() }),
  ),
  order_status_changed: defineEvent(
    'order_status_changed',
    'An order moved on.',
    z.object({ order: Order, from: OrderStatus, to: OrderStatus }),
  ),
  shortage_reported: defineEvent(
    'shortage_reported',
    'Goods reserved for an order are not there; its lines are marked short.',
    z.object({ order: Order, productId: Uuid, zone: ZoneCode, missing: Quantity }),
  ),
};

const notes = text(4000).nullable().optional();

export const orderCommands = {
  place_order: defineCommand({
    name: 'place_order',
    summary: 'Place an order: all lines are reserved, or none and the answer says what is missing.',
    input: z.strictObject({ orderId: Uuid.optional(), clientId: Uuid, lines: goodsLines, notes }),
    output: OrderResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict', 'out_of_stock'],
    http: { method: 'POST', path: '/api/orders', status: 201 },
    offline: OFFLINE.place_order,
  }),
  edit_order: defineCommand({
    name: 'edit_order',
    summary:
      'Change lines (before packing), client or notes; what is left out stays. A short line gets what there is of it; no line becomes shorter than it was.',
    input: z.strictObject({
      orderId: Uuid,
      expectedVersion: Version,
      clientId: Uuid.optional(),
      lines: goodsLines.optional(),
      notes,
    }),
    output: OrderResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict', 'out_of_stock'],
    http: { method: 'PATCH', path: '/api/orders/{orderId}', status: 200 },
    offline: OFFLINE.edit_order,
  }),
  change_order_status: defineCommand({
    name: 'change_order_status',
    summary:
      'Move an order along placed → picking → packed → shipped → delivered, a step back before it ships, or cancel it. What ships is what is reserved; `missing` says what becomes of the rest.',
    input: z.strictObject({
      orderId: Uuid,
      status: OrderStatus,
      expectedVersion: Version.optional(),
      /** For `shipped` only; a back order unless it says otherwise. */
      missing: Missing.optional(),
    }),
    output: OrderResult.extend({
      /** The order that was made for what is missing. */
      backOrder: Order.optional(),
    }),
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'POST', path: '/api/orders/{orderId}/status', status: 200 },
    offline: OFFLINE.change_order_status,
  }),
  assign_order: defineCommand({
    name: 'assign_order',
    summary: 'Say who works on an order; null for nobody.',
    input: z.strictObject({ orderId: Uuid, userId: text(64).nullable() }),
    output: OrderResult,
    roles: WRITERS,
    errors: ['not_found'],
    http: { method: 'POST', path: '/api/orders/{orderId}/assignee', status: 200 },
    offline: OFFLINE.assign_order,
  }),
  reserve_order: defineCommand({
    name: 'reserve_order',
    summary:
      'Reserve what an order is short of, as far as it is there. Nothing is changed where it is short of nothing; where there is nothing to be had, `out_of_stock`.',
    input: z.strictObject({ orderId: Uuid, expectedVersion: Version.optional() }),
    output: OrderResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict', 'out_of_stock'],
    http: { method: 'POST', path: '/api/orders/{orderId}/reserve', status: 200 },
    offline: OFFLINE.reserve_order,
  }),
  report_shortage: defineCommand({
    name: 'report_shortage',
    summary:
      'Reserved goods are not on the shelf: they leave the level and the order’s lines are marked short.',
    input: z.strictObject({ orderId: Uuid, productId: Uuid, zone: ZoneCode, missing: Quantity }),
    output: z.object({ order: Order, level: Level }),
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'POST', path: '/api/orders/{orderId}/shortages', status: 200 },
    offline: OFFLINE.report_shortage,
  }),
};

/** `changed`, `closed`, `largest` and `smallest` have the newest first among equals; `closed` lists closed ones only. */
export const OrderSort = z.enum(['newest', 'oldest', 'changed', 'closed', 'largest', 'smallest']);
export type OrderSort = z.infer<typeof OrderSort>;

/** Several statuses in one parameter, as `placed,picking`. */
const Statuses = text(100)
  .transform((list) => list.split(','))
  .pipe(z.array(OrderStatus).min(1));

/** What the log tells of one order: how it was after each event, or what was given back of it. */
const historyStep = { seq: z.int().min(1), at: Timestamp, userId: z.string().nullable() };
export const OrderHistoryItem = z.discriminatedUnion('type', [
  z.object({ ...historyStep, type: z.literal('order_created'), order: Order }),
  z.object({ ...historyStep, type: z.literal('order_updated'), order: Order, filled: Filled.optional() }),
  z.object({
    ...historyStep,
    type: z.literal('order_status_changed'),
    order: Order,
    from: OrderStatus,
    to: OrderStatus,
  }),
  z.object({
    ...historyStep,
    type: z.literal('shortage_reported'),
    order: Order,
    productId: Uuid,
    zone: ZoneCode,
    missing: Quantity,
  }),
  z.object({ ...historyStep, type: z.literal('return_recorded'), return: Return }),
]);
export type OrderHistoryItem = z.infer<typeof OrderHistoryItem>;

export const orderQueries = {
  list_orders: defineQuery({
    name: 'list_orders',
    summary:
      'Orders, newest first or as `sort` says. `q` looks at number, reference, client, skus and product names.',
    params: z.strictObject({
      ...pageParams,
      ...searchParam,
      ids: Ids.optional(),
      status: OrderStatus.optional(),
      statuses: Statuses.optional(),
      clientId: Uuid.optional(),
      /** `none` for those that nobody works on. */
      assigneeId: text(64).optional(),
      /** Placed at this moment or later, … */
      from: z.iso.datetime({ offset: true }).optional(),
      /** … and before this one. */
      before: z.iso.datetime({ offset: true }).optional(),
      /** Only those that wait for goods: open ones that are short. */
      short: z.stringbool().default(false),
      sort: OrderSort.default('newest'),
      /** Orders of many lines come without them, as in the snapshot of topic `orders`. */
      compact: z.stringbool().default(false),
    }),
    result: foundPageOf(Order),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_orders,
  }),
  get_order: defineQuery({
    name: 'get_order',
    summary: 'One order.',
    params: z.strictObject({ orderId: Uuid }),
    result: OrderResult,
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_order,
  }),
  get_order_history: defineQuery({
    name: 'get_order_history',
    summary:
      'What happened to an order, the latest first. `previous` is the order before the oldest item of the page.',
    params: z.strictObject({ orderId: Uuid, ...pageParams }),
    result: pageOf(OrderHistoryItem).extend({ previous: Order.nullable() }),
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_order_history,
  }),
};

export const ordersSnapshot = z.object({
  orders: z.array(Order),
  counts: OrderCounts,
  total: z.int(),
  truncated: z.boolean(),
});
