import type { CommandInput, CommandName, Order } from '@almenara/events';
import { OrderStatus } from '@almenara/events';
import { between, pick } from './random.ts';

/** What a fuzz run knows of the desk: ids that exist, and some that do not. */
export interface FuzzWorld {
  readonly clientIds: string[];
  readonly productIds: string[];
  readonly zones: readonly string[];
  readonly orders: Order[];
  readonly userIds: readonly string[];
}

type AnyCommand = { [N in CommandName]: { name: N; input: CommandInput<N> } }[CommandName];

/** One command that might be sent by a busy, careless desk: most are fine, some must be refused. */
export function randomCommand(random: () => number, world: FuzzWorld): AnyCommand {
  const productId = pick(random, world.productIds);
  const zone = pick(random, world.zones);
  const place = { productId, zone };
  const lines = () =>
    Array.from({ length: between(random, 1, 4) }, () => ({
      productId: pick(random, world.productIds),
      quantity: between(random, 1, 6),
      ...(random() < 0.2 && { zone: pick(random, world.zones) }),
    }));
  const order = world.orders.length > 0 ? pick(random, world.orders) : null;
  const roll = random();
  if (roll < 0.25 || order === null) {
    return { name: 'place_order', input: { clientId: pick(random, world.clientIds), lines: lines() } };
  }
  if (roll < 0.45) {
    const status = pick(random, OrderStatus.options);
    const missing = status === 'shipped' ? pick(random, ['cancel', 'back_order', null] as const) : null;
    return { name: 'change_order_status', input: { orderId: order.id, status, ...(missing && { missing }) } };
  }
  if (roll < 0.55) {
    const expectedVersion = Math.max(1, order.version - between(random, 0, 1));
    return { name: 'edit_order', input: { orderId: order.id, expectedVersion, lines: lines() } };
  }
  if (roll < 0.6) {
    const userId = random() < 0.3 ? null : pick(random, world.userIds);
    return { name: 'assign_order', input: { orderId: order.id, userId } };
  }
  if (roll < 0.62) return { name: 'reserve_order', input: { orderId: order.id } };
  if (roll < 0.67) {
    const missing = between(random, 1, 3);
    return { name: 'report_shortage', input: { orderId: order.id, ...place, missing } };
  }
  if (roll < 0.75) return { name: 'receive_stock', input: { ...place, quantity: between(random, 1, 30) } };
  if (roll < 0.81) {
    const delta = pick(random, [-20, -8, -3, -1, 2, 5]);
    return { name: 'adjust_stock', input: { ...place, delta, reason: 'found' } };
  }
  if (roll < 0.86) {
    const counts = [...new Set([productId, pick(random, world.productIds)])].map((id) => ({
      productId: id,
      counted: between(random, 0, 15),
    }));
    return { name: 'count_zone', input: { zone, counts } };
  }
  if (roll < 0.91) {
    const to = pick(random, world.zones);
    return { name: 'transfer_stock', input: { productId, from: zone, to, quantity: between(random, 1, 10) } };
  }
  if (roll < 0.94)
    return { name: 'set_reorder_point', input: { ...place, reorderPoint: between(random, 0, 12) } };
  if (roll < 0.97) {
    return {
      name: 'record_return',
      input: {
        clientId: order.clientId,
        lines: [{ productId, quantity: between(random, 1, 3) }],
        ...(random() < 0.5 && { orderId: order.id }),
      },
    };
  }
  if (roll < 0.985) {
    const amount = between(random, 1, 5000);
    const change = pick(random, [
      { name: `N${amount}` },
      { sku: `S-${amount}` },
      { unitPrice: { amount, currency: 'EUR' } },
    ]);
    return {
      name: 'update_product',
      input: { productId, expectedVersion: between(random, 1, 3), ...change },
    };
  }
  return {
    name: 'update_client',
    input: {
      clientId: pick(random, world.clientIds),
      expectedVersion: between(random, 1, 3),
      name: `Client ${random()}`,
    },
  };
}
