import { fold, Return } from '@almenara/events';
import type { Tx } from '../../database/client.ts';
import { currentClientIds, membersOf } from '../../domain/clients.ts';
import type { SalesLine } from '../read/lines.ts';
import type { ImportOptions } from '../read/options.ts';
import { readImportedLines } from './imported-lines.ts';
import { clientIdOf, productKey } from './keys.ts';
import type { SentOrder } from './take-back.ts';

/** What the database has of what a file speaks of. */
export interface Known {
  /** The zone's code as it is written there; null where there is none yet. */
  readonly zone: string | null;
  /** The hashes of imported lines, by `lineKey`. */
  readonly imported: ReadonlyMap<string, string>;
  /** By key of their sku. */
  readonly products: ReadonlyMap<string, { readonly id: string; readonly stocked: boolean }>;
  /** By id, the client that each is now: another one where it was merged. */
  readonly clients: ReadonlyMap<string, string>;
  /** In the zone of the import, by product key. */
  readonly available: ReadonlyMap<string, number>;
  /** Under the client that theirs is now. */
  readonly sent: readonly SentOrder[];
}

export const NOTHING_KNOWN: Known = {
  zone: null,
  imported: new Map(),
  products: new Map(),
  clients: new Map(),
  available: new Map(),
  sent: [],
};

/** False for a database that no server and no import has worked on yet. */
export async function hasTables(db: Tx): Promise<boolean> {
  const [row] = await db.$queryRaw<
    { found: boolean }[]
  >`SELECT to_regclass('imported_line') IS NOT NULL AS found`;
  return row?.found ?? false;
}

export async function readKnown(db: Tx, lines: readonly SalesLine[], options: ImportOptions): Promise<Known> {
  const { source } = options;
  const zone = await findZone(db, options.zone);
  const clientIds = new Set(lines.map((line) => clientIdOf(source, line.customer)));
  clientIds.add(clientIdOf(source, null));
  const products = await readProducts(db, new Set(lines.map((line) => productKey(line.code))));
  const clients = await currentClientIds(db, [...clientIds]);
  const takingBack = lines.filter((line) => line.quantity < 0 && line.customer !== null);
  return {
    zone,
    imported: await readImportedLines(db, source, new Set(lines.map((line) => line.document))),
    products,
    clients,
    available: zone === null ? new Map() : await readAvailable(db, zone, products),
    sent: await readSent(
      db,
      source,
      takingBack.flatMap((line) => clients.get(clientIdOf(source, line.customer)) ?? []),
      products,
    ),
  };
}

/** The code of the zone that is meant, as it is written there. */
async function findZone(db: Tx, code: string): Promise<string | null> {
  const found =
    (await db.zone.findUnique({ where: { code } })) ??
    (await db.zone.findUnique({ where: { codeKey: fold(code) } }));
  return found?.code ?? null;
}

/** By key, which is what their codes are unique by. */
export async function readProducts(
  db: Tx,
  keys: Iterable<string>,
): Promise<Map<string, { id: string; stocked: boolean }>> {
  const rows = await db.$queryRaw<{ id: string; key: string; stocked: boolean }[]>`
    SELECT id, sku_key AS key, stocked FROM product WHERE sku_key = ANY(${[...keys]}::text[])`;
  return new Map(rows.map(({ id, key, stocked }) => [key, { id, stocked }]));
}

async function readAvailable(
  db: Tx,
  zone: string,
  products: Known['products'],
): Promise<Map<string, number>> {
  const keys = new Map([...products].map(([key, { id }]) => [id, key]));
  const rows = await db.$queryRaw<{ id: string; available: number }[]>`
    SELECT product_id AS id, on_hand - reserved AS available FROM stock_level
    WHERE zone = ${zone} AND product_id = ANY(${[...keys.keys()]}::uuid[])`;
  return new Map(rows.map(({ id, available }) => [keys.get(id) ?? '', available]));
}

async function readSent(
  db: Tx,
  source: string,
  current: readonly string[],
  products: Known['products'],
): Promise<SentOrder[]> {
  const members = await membersOf(db, current);
  // Nothing comes back from the orders of nobody in particular, whoever that was merged into.
  members.delete(clientIdOf(source, null));
  const orders = await db.$queryRaw<{ id: string; clientId: string; createdAt: Date }[]>`
    SELECT id, client_id AS "clientId", created_at AS "createdAt" FROM "order"
    WHERE client_id = ANY(${[...members.keys()]}::uuid[]) AND status IN ('shipped', 'delivered') ORDER BY number`;
  const keys = new Map([...products].map(([key, { id }]) => [id, key]));
  const left = await readLeft(
    db,
    orders.map((order) => order.id),
  );
  return orders.map(({ id, clientId, createdAt }) => ({
    id,
    clientId: members.get(clientId) ?? clientId,
    at: createdAt,
    left: new Map(
      [...(left.get(id) ?? [])].flatMap(([productId, n]) => {
        const key = keys.get(productId);
        return key === undefined ? [] : [[key, n] as const];
      }),
    ),
  }));
}

/** What was sent with each order and has not come back, by product id. */
export async function readLeft(
  db: Tx,
  orderIds: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const left = new Map<string, Map<string, number>>(orderIds.map((id) => [id, new Map()]));
  const sent = await db.$queryRaw<{ orderId: string; productId: string; quantity: number }[]>`
    SELECT order_id AS "orderId", product_id AS "productId", sum(quantity - short)::int AS quantity
    FROM order_line WHERE order_id = ANY(${[...orderIds]}::uuid[]) GROUP BY order_id, product_id`;
  for (const { orderId, productId, quantity } of sent) left.get(orderId)?.set(productId, quantity);
  const returns = await db.$queryRaw<{ orderId: string; lines: unknown }[]>`
    SELECT order_id AS "orderId", lines FROM return WHERE order_id = ANY(${[...orderIds]}::uuid[])`;
  for (const { orderId, lines } of returns) {
    const order = left.get(orderId);
    for (const { productId, quantity } of Return.shape.lines.parse(lines))
      order?.set(productId, (order.get(productId) ?? 0) - quantity);
  }
  return left;
}
