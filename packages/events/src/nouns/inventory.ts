import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../base/define.ts';
import { foundPageOf, Ids, pageOf, pageParams, searchParam } from '../base/page.ts';
import { Delta, Quantity, Timestamp, Uuid, ZoneCode } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES, WRITERS } from '../base/roles.ts';
import { line } from '../base/text.ts';

const Count = z.int().min(0);

/** What one zone holds of one product; `available` is `onHand - reserved`. */
export const Level = z.object({
  productId: Uuid,
  zone: ZoneCode,
  onHand: Count,
  reserved: Count,
  reorderPoint: Count,
  /** When it changed last; events of before levels said so do not have it. It never goes back. */
  updatedAt: Timestamp.optional(),
});
export type Level = z.infer<typeof Level>;

export const MovementKind = z.enum([
  'receipt',
  'adjustment',
  'transfer_in',
  'transfer_out',
  'count',
  'reservation',
  'release',
  'shipment',
  'shortage',
  'return',
  'sale',
  'reorder_point',
]);
export type MovementKind = z.infer<typeof MovementKind>;

/** One entry of the ledger. The sum of a level's deltas is the level [S2]. */
export const Movement = z.object({
  id: Uuid,
  kind: MovementKind,
  onHandDelta: z.int(),
  reservedDelta: z.int(),
  reorderPointDelta: z.int(),
  reason: z.string().nullable(),
  orderId: Uuid.nullable(),
  returnId: Uuid.nullable(),
  at: Timestamp,
});
export type Movement = z.infer<typeof Movement>;

/** What an order or a return is made of; without a zone the desk chooses one. */
export const goodsLines = z
  .array(z.strictObject({ productId: Uuid, quantity: Quantity, zone: ZoneCode.optional() }))
  .min(1)
  .max(500);

const LevelResult = z.object({ level: Level });

export const inventoryEvents = {
  inventory_updated: defineEvent(
    'inventory_updated',
    'A level changed: the ledger entry and the level after it.',
    z.object({
      level: Level,
      movement: Movement,
      /** There where the zone did not hold the product before. */
      created: z.literal(true).optional(),
    }),
  ),
  stock_low: defineEvent('stock_low', 'Available stock came down to the reorder point.', LevelResult),
  stock_recovered: defineEvent(
    'stock_recovered',
    'Available stock rose above the reorder point.',
    LevelResult,
  ),
  zone_counted: defineEvent(
    'zone_counted',
    'Products of a zone were counted; each difference is an `inventory_updated` of its own.',
    z.object({
      zone: ZoneCode,
      counts: z.array(z.object({ productId: Uuid, expected: Count, counted: Count })),
    }),
  ),
};

const reason = line(500);
const place = { productId: Uuid, zone: ZoneCode };
const post = (path: string) => ({ method: 'POST', path: `/api/inventory/${path}`, status: 200 }) as const;

export const inventoryCommands = {
  receive_stock: defineCommand({
    name: 'receive_stock',
    summary: 'Goods arrived: they are on hand.',
    input: z.strictObject({ ...place, quantity: Quantity, reason: reason.optional() }),
    output: LevelResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: post('receipts'),
  }),
  adjust_stock: defineCommand({
    name: 'adjust_stock',
    summary:
      'Correct what is on hand. Less than is reserved releases the newest allocations and reports shortages.',
    input: z.strictObject({ ...place, delta: Delta, reason }),
    output: LevelResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict', 'out_of_stock'],
    http: post('adjustments'),
  }),
  transfer_stock: defineCommand({
    name: 'transfer_stock',
    summary: 'Move available stock from one zone to another.',
    input: z.strictObject({ productId: Uuid, from: ZoneCode, to: ZoneCode, quantity: Quantity }),
    output: z.object({ from: Level, to: Level }),
    roles: WRITERS,
    errors: ['not_found', 'conflict', 'out_of_stock'],
    http: post('transfers'),
  }),
  count_zone: defineCommand({
    name: 'count_zone',
    summary: 'Set what is on hand to what was counted.',
    input: z.strictObject({
      zone: ZoneCode,
      counts: z
        .array(z.strictObject({ productId: Uuid, counted: z.int().min(0).max(1_000_000_000) }))
        .min(1)
        .max(1000),
    }),
    output: z.object({ levels: z.array(Level) }),
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: post('counts'),
  }),
  set_reorder_point: defineCommand({
    name: 'set_reorder_point',
    summary: 'Say at how much available stock to reorder; 0 stops watching.',
    input: z.strictObject({ ...place, reorderPoint: z.int().min(0).max(1_000_000) }),
    output: LevelResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'PUT', path: '/api/inventory/reorder-points', status: 200 },
  }),
};

/** As many as a chart on a wide screen can tell apart. */
export const HISTORY_POINTS = 400;

/**
 * `zone` is zone and sku; all others have sku and zone among equals. `needed` is how many bring a low level above its
 * reorder point again, `share` what is available against the reorder point, and lists only levels that have one.
 */
export const LevelSort = z.enum([
  'zone',
  'sku',
  'name',
  'on_hand',
  'reserved',
  'available',
  'reorder_point',
  'needed',
  'share',
]);
export type LevelSort = z.infer<typeof LevelSort>;

const placeFilter = { zone: ZoneCode.optional(), productId: Uuid.optional() };

export const inventoryQueries = {
  list_levels: defineQuery({
    name: 'list_levels',
    summary: 'Stock levels by zone and sku, or as `sort` says; `desc` turns the order round.',
    params: z.strictObject({
      ...pageParams,
      ...searchParam,
      ...placeFilter,
      productIds: Ids.optional(),
      low: z.stringbool().optional(),
      /** Only those of which nothing is available. */
      none: z.stringbool().default(false),
      /** Only those of products that stand on shelves, or of others. */
      stocked: z.stringbool().optional(),
      sort: LevelSort.default('zone'),
      desc: z.stringbool().default(false),
    }),
    result: foundPageOf(Level.extend({ sku: z.string(), name: z.string() })),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_levels,
  }),
  list_movements: defineQuery({
    name: 'list_movements',
    summary: 'The ledger, newest first.',
    params: z.strictObject({ ...pageParams, ...placeFilter, orderId: Uuid.optional() }),
    result: pageOf(Movement.extend({ productId: Uuid, zone: ZoneCode, userId: z.string().nullable() })),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_movements,
  }),
  get_stock_figures: defineQuery({
    name: 'get_stock_figures',
    summary:
      'How many levels each zone has and how many of them are low, of products that stand on shelves; and how many products are low in all zones together.',
    params: z.strictObject({}),
    result: z.object({
      zones: z.array(z.object({ zone: ZoneCode, levels: Count, low: Count })),
      /** Products of which, over all zones, no more is available than the sum of their reorder points. */
      lowProducts: Count,
    }),
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_stock_figures,
  }),
  get_stock_history: defineQuery({
    name: 'get_stock_history',
    summary: `What there was of a product over time, from the ledger: at most ${HISTORY_POINTS} points, each as things stood after it. The first is how it was at \`from\`.`,
    params: z.strictObject({
      productId: Uuid,
      zone: ZoneCode.optional(),
      from: Timestamp.optional(),
      to: Timestamp.optional(),
    }),
    result: z.object({
      from: Timestamp,
      to: Timestamp,
      points: z.array(z.object({ at: Timestamp, onHand: z.int(), reserved: z.int() })),
    }),
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_stock_history,
  }),
};

export const inventorySnapshot = z.object({
  zone: ZoneCode,
  levels: z.array(Level),
  total: z.int(),
  truncated: z.boolean(),
});
