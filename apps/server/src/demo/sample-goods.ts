import type { Actor, CommandInput, CommandName, CommandOutput } from '@almenara/events';
import { v5 as uuidv5 } from 'uuid';
import type { CommandBus } from '../commands/bus.ts';
import type { Db } from '../database/client.ts';
import { conflict } from '../errors.ts';
import { CLIENTS, ORDERS, PRODUCTS, ZONES } from './goods.ts';

/** Commands of the demo are named by what they do: interrupted and started again, each still runs once. */
const DEMO_NAMESPACE = '6f6c0a52-9d0e-5c1b-8f53-6d1f4f0a7c11';

const idOf = (step: string): string => uuidv5(step, DEMO_NAMESPACE);

export interface SampleGoodsPorts {
  readonly bus: CommandBus;
  /** Reads. */
  readonly db: Db;
}

/** Neither products nor clients nor orders: zones alone do no harm. */
async function isDeskEmpty(db: Db): Promise<boolean> {
  const [product, client] = await Promise.all([
    db.product.findFirst({ select: { id: true } }),
    db.client.findFirst({ select: { id: true } }),
  ]);
  return product === null && client === null;
}

/**
 * Fills a desk with made-up goods, through the same commands that people use, as `actor`. What was interrupted goes
 * on; what was finished is left alone, for people may have changed it since.
 * @throws `conflict` where there are goods that are not of an earlier run
 */
export async function addSampleGoods({ bus, db }: SampleGoodsPorts, actor: Actor): Promise<void> {
  const hasRun = async (step: string): Promise<boolean> =>
    (await db.command.findUnique({
      where: { userId_commandId: { userId: actor.userId, commandId: idOf(step) } },
    })) !== null;
  if (await hasRun('done')) return;
  if (!(await hasRun(`product ${PRODUCTS[0]?.sku}`)) && !(await isDeskEmpty(db)))
    throw conflict('This desk has goods of its own: sample goods are only for an empty one.');

  const run = async <N extends CommandName>(
    step: string,
    name: N,
    input: CommandInput<N>,
  ): Promise<CommandOutput<N>> => {
    const outcome = await bus.run(actor, name, input, idOf(step));
    if (!outcome.ok)
      throw new Error(`The sample goods could not be made (${step}): ${outcome.error.message}`);
    return outcome.data as CommandOutput<N>;
  };

  const zones = new Set((await db.zone.findMany({ select: { code: true } })).map(({ code }) => code));
  for (const zone of ZONES) if (!zones.has(zone.code)) await run(`zone ${zone.code}`, 'create_zone', zone);
  const company = await db.company.findUnique({ where: { id: 1 } });
  const productIds = new Map<string, string>();
  for (const { stock, reorderPoint, unitPrice, ...product } of PRODUCTS) {
    const { product: created } = await run(`product ${product.sku}`, 'create_product', {
      ...product,
      unitPrice: { ...unitPrice, currency: company?.currency ?? unitPrice.currency },
    });
    productIds.set(product.sku, created.id);
    for (const [zone, quantity] of Object.entries(stock)) {
      const place = { productId: created.id, zone };
      await run(`receive ${product.sku} ${zone}`, 'receive_stock', {
        ...place,
        quantity,
        reason: 'Opening stock',
      });
      if (reorderPoint > 0)
        await run(`point ${product.sku} ${zone}`, 'set_reorder_point', { ...place, reorderPoint });
    }
  }
  const clientIds: string[] = [];
  for (const client of CLIENTS) {
    clientIds.push((await run(`client ${client.name}`, 'create_client', client)).client.id);
  }
  for (const [i, { client, lines, notes, path }] of ORDERS.entries()) {
    const { order } = await run(`order ${i}`, 'place_order', {
      clientId: clientIds[client] ?? '',
      lines: lines.map(([sku, quantity]) => ({ productId: productIds.get(sku) ?? '', quantity })),
      ...(notes !== undefined && { notes }),
    });
    for (const status of path)
      await run(`order ${i} ${status}`, 'change_order_status', { orderId: order.id, status });
  }
  await run('done', 'create_client', { name: 'Mostrador', notes: 'Ventas sin cliente.' });
}
