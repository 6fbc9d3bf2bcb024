import {
  available,
  type ExportedList,
  type Order,
  type OrderLine,
  queries,
  type Return,
} from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { decimal, type ExportTable, exportTable } from './table.ts';

/** What each list is as a table. Amounts are decimals with their currency beside them, times are ISO 8601 in UTC. */

const orderHead = (order: Order) => [order.number, order.reference, order.status, order.createdAt];
const zonesOf = ({ allocations }: OrderLine): string =>
  allocations.map(({ zone, quantity }) => `${zone}:${quantity}`).join(' ');

export const exportTables: Readonly<Record<string, ExportTable>> = {
  orders: exportTable(
    queries.list_orders,
    [
      'number',
      'reference',
      'status',
      'created_at',
      'client',
      'client_id',
      'lines',
      'total',
      'currency',
      'assignee_id',
      'notes',
      'updated_at',
      'closed_at',
      'id',
    ],
    (orders) =>
      orders.map((order) => [
        ...orderHead(order),
        order.clientName,
        order.clientId,
        order.lines.length,
        decimal(order.total),
        order.total.currency,
        order.assigneeId,
        order.notes,
        order.updatedAt,
        order.closedAt,
        order.id,
      ]),
  ),
  'order-lines': exportTable(
    queries.list_orders,
    [
      'number',
      'reference',
      'status',
      'created_at',
      'client',
      'sku',
      'name',
      'quantity',
      'short',
      'unit_price',
      'currency',
      'zones',
      'order_id',
      'product_id',
    ],
    (orders) =>
      orders.flatMap((order) =>
        order.lines.map((line) => [
          ...orderHead(order),
          order.clientName,
          line.sku,
          line.name,
          line.quantity,
          line.short,
          decimal(line.unitPrice),
          line.unitPrice.currency,
          zonesOf(line),
          order.id,
          line.productId,
        ]),
      ),
  ),
  clients: exportTable(
    queries.list_clients,
    ['name', 'email', 'phone', 'country', 'notes', 'archived', 'created_at', 'updated_at', 'id'],
    (clients) =>
      clients.map((client) => [
        client.name,
        client.email,
        client.phone,
        client.country,
        client.notes,
        client.archived,
        client.createdAt,
        client.updatedAt,
        client.id,
      ]),
  ),
  products: exportTable(
    queries.list_products,
    ['sku', 'name', 'barcode', 'unit_price', 'currency', 'stocked', 'created_at', 'updated_at', 'id'],
    (products) =>
      products.map((product) => [
        product.sku,
        product.name,
        product.barcode,
        decimal(product.unitPrice),
        product.unitPrice.currency,
        product.stocked,
        product.createdAt,
        product.updatedAt,
        product.id,
      ]),
  ),
  inventory: exportTable(
    queries.list_levels,
    ['zone', 'sku', 'name', 'on_hand', 'reserved', 'available', 'reorder_point', 'product_id'],
    (levels) =>
      levels.map((level) => [
        level.zone,
        level.sku,
        level.name,
        level.onHand,
        level.reserved,
        available(level),
        level.reorderPoint,
        level.productId,
      ]),
  ),
  movements: exportTable(
    queries.list_movements,
    [
      'at',
      'zone',
      'sku',
      'kind',
      'on_hand_delta',
      'reserved_delta',
      'reorder_point_delta',
      'reason',
      'order_id',
      'return_id',
      'product_id',
      'id',
    ],
    async (movements, db) => {
      const skus = await readSkus(db, new Set(movements.map(({ productId }) => productId)));
      return movements.map((movement) => [
        movement.at,
        movement.zone,
        skus.get(movement.productId) ?? '',
        movement.kind,
        movement.onHandDelta,
        movement.reservedDelta,
        movement.reorderPointDelta,
        movement.reason,
        movement.orderId,
        movement.returnId,
        movement.productId,
        movement.id,
      ]);
    },
  ),
  returns: exportTable(
    queries.list_returns,
    [
      'created_at',
      'reference',
      'client',
      'sku',
      'name',
      'quantity',
      'unit_price',
      'currency',
      'zone',
      'reason',
      'order_id',
      'client_id',
      'id',
    ],
    (returns) => returns.flatMap(returnLines),
  ),
} satisfies Readonly<Record<ExportedList, ExportTable>>;

const returnLines = (returned: Return) =>
  returned.lines.map((line) => [
    returned.createdAt,
    returned.reference,
    returned.clientName,
    line.sku,
    line.name,
    line.quantity,
    decimal(line.unitPrice),
    line.unitPrice.currency,
    line.zone,
    returned.reason,
    returned.orderId,
    returned.clientId,
    returned.id,
  ]);

async function readSkus(db: Tx, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const products = await db.product.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, sku: true },
  });
  return new Map(products.map(({ id, sku }) => [id, sku]));
}
