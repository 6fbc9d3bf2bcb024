import { type Client, fold, type Product, topicName, type Zone } from '@almenara/events';
import type { CommandTx } from '../../commands/handler.ts';
import type { Goods } from '../plan/goods.ts';
import type { PlannedClient } from '../plan/planned.ts';

/** What others made meanwhile stays as it is: only what is new gets its event. */

export async function writeZone(tx: CommandTx, code: string): Promise<void> {
  const at = tx.now.toISOString();
  const zone: Zone = { id: tx.newId(), code, name: code, version: 1, createdAt: at, updatedAt: at };
  const created = await tx.db.zone.createManyAndReturn({
    data: [{ ...zone, codeKey: fold(code) }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (created.length > 0) tx.record('zone_created', topicName('zones'), { zone });
}

export async function writeProducts(tx: CommandTx, goods: readonly Goods[], currency: string): Promise<void> {
  const at = tx.now.toISOString();
  const products = goods.map(
    ({ sku, name, amount, stocked }): Product => ({
      id: tx.newId(),
      sku,
      name,
      barcode: null,
      unitPrice: { amount, currency },
      stocked,
      version: 1,
      createdAt: at,
      updatedAt: at,
    }),
  );
  const created = await tx.db.product.createManyAndReturn({
    data: products.map(({ unitPrice, ...row }) => ({
      ...row,
      skuKey: fold(row.sku),
      amount: BigInt(unitPrice.amount),
      currency,
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  for (const product of only(created, products))
    tx.record('product_created', topicName('products'), { product });
}

export async function writeClients(tx: CommandTx, planned: readonly PlannedClient[]): Promise<void> {
  const at = tx.now.toISOString();
  const clients = planned.map(
    (client): Client => ({
      ...client,
      email: null,
      phone: null,
      notes: null,
      archived: false,
      mergedInto: null,
      version: 1,
      createdAt: at,
      updatedAt: at,
    }),
  );
  const created = await tx.db.client.createManyAndReturn({
    data: clients,
    skipDuplicates: true,
    select: { id: true },
  });
  for (const client of only(created, clients)) tx.record('client_created', topicName('clients'), { client });
}

function only<T extends { readonly id: string }>(created: readonly { id: string }[], all: readonly T[]): T[] {
  const ids = new Set(created.map((row) => row.id));
  return all.filter(({ id }) => ids.has(id));
}
