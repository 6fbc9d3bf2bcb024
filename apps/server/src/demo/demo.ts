import type { CommandInput, CommandName, CommandOutput, Role } from '@almenara/events';
import { v5 as uuidv5 } from 'uuid';
import type { App } from '../app.ts';
import { CLIENTS, ORDERS, PRODUCTS, ZONES } from './goods.ts';

export const DEMO_PASSWORD = 'almenara-demo';
export const DEMO_ACCOUNTS: readonly { email: string; name: string; role: Role }[] = [
  { email: 'admin@demo.test', name: 'Inés Robles', role: 'admin' },
  { email: 'operator@demo.test', name: 'Tomás Vidal', role: 'operator' },
  { email: 'viewer@demo.test', name: 'Nora Quint', role: 'viewer' },
];

/** Commands of the demo are named by what they do: interrupted and started again, each still runs once. */
const DEMO_NAMESPACE = '6f6c0a52-9d0e-5c1b-8f53-6d1f4f0a7c11';

/**
 * Fills a desk that has no goods and no accounts with made-up ones, through the same commands that people use.
 * @returns whether the demo accounts exist
 */
export async function offerDemo({ accounts, bus, database }: App): Promise<boolean> {
  const users = await database.accounts.user.findMany();
  const isDemo = users.some((user) => user.email === DEMO_ACCOUNTS[0]?.email);
  if (users.length > 0 && !isDemo) return false;
  for (const account of DEMO_ACCOUNTS) {
    if (users.some((user) => user.email === account.email)) continue;
    await accounts.api.createUser({ body: { ...account, password: DEMO_PASSWORD } });
  }
  const admin = await database.accounts.user.findUniqueOrThrow({ where: { email: 'admin@demo.test' } });
  const actor = { userId: admin.id, role: 'admin' } as const;

  const run = async <N extends CommandName>(
    step: string,
    name: N,
    input: CommandInput<N>,
  ): Promise<CommandOutput<N>> => {
    const outcome = await bus.run(actor, name, input, uuidv5(step, DEMO_NAMESPACE));
    if (!outcome.ok) throw new Error(`The demo data could not be made (${step}): ${outcome.error.message}`);
    return outcome.data as CommandOutput<N>;
  };

  // The last step of an earlier run: everything is there, and people may have changed it since.
  const done = uuidv5('done', DEMO_NAMESPACE);
  if (
    await database.reader.command.findUnique({
      where: { userId_commandId: { userId: admin.id, commandId: done } },
    })
  ) {
    return true;
  }
  for (const zone of ZONES) await run(`zone ${zone.code}`, 'create_zone', zone);
  const productIds = new Map<string, string>();
  for (const { stock, reorderPoint, ...product } of PRODUCTS) {
    const { product: created } = await run(`product ${product.sku}`, 'create_product', product);
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
  return true;
}
