import { LightClient } from '../load/light-client.ts';
import type { Person } from './people.ts';

/** More than any run takes. */
const PIECES = 1_000_000;
const RECEIPTS = 20;
/** Where orders take goods from, and where the bare transaction does. */
export const ZONE = 'BENCH';
export const BARE_ZONE = 'BARE';

/** What a load is made of, on every copy of the small desk. */
export interface Goods {
  readonly people: readonly Person[];
  readonly clientId: string;
  readonly products: readonly string[];
  /** The event of an order as the desk tells it: the plain way sends as much. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** By the desk's own commands. */
export async function addGoods(url: string, people: readonly Person[], count: number): Promise<Goods> {
  const [{ token }] = first(people);
  const desk = await LightClient.connect({ url, token });
  for (const code of [ZONE, BARE_ZONE]) await desk.run('create_zone', { code, name: `Zone ${code}` });
  const { client } = Object(await desk.run('create_client', { name: 'A client who buys a lot' }));
  const products: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const unitPrice = { amount: 250 + i, currency: 'EUR' };
    const { product } = Object(
      await desk.run('create_product', { sku: `BENCH-${i}`, name: `Product ${i}`, unitPrice }),
    );
    products.push(product.id);
    for (const zone of [ZONE, BARE_ZONE])
      for (let receipt = 0; receipt < (i === 0 ? RECEIPTS : 1); receipt += 1)
        await desk.run('receive_stock', { productId: product.id, zone, quantity: PIECES });
  }
  const event = new Promise<Record<string, unknown>>((resolve) => {
    desk.onEvents = (packet) => {
      const [, [envelope = {}]]: [string, Record<string, unknown>[]] = JSON.parse(
        packet.toString('utf8', packet.indexOf('[')),
      );
      resolve(envelope);
    };
  });
  await desk.ask('subscribe', { topics: [{ topic: 'orders' }] });
  const goods = { people, clientId: String(client.id), products };
  await desk.run('place_order', orderOf(goods, 0));
  const told = await event;
  desk.close();
  return { ...goods, event: told };
}

/** One piece of one product, from the zone that orders take goods from. */
export function orderOf({ clientId, products }: Pick<Goods, 'clientId' | 'products'>, which: number): object {
  const productId = products[which % products.length];
  return { clientId, lines: [{ productId, quantity: 1, zone: ZONE }] };
}

function first<T>(all: readonly T[]): [T] {
  const [one] = all;
  if (one === undefined) throw new Error('There is nobody.');
  return [one];
}
