import { closedLoad, type Place, type Round } from '../load/closed-load.ts';
import { LightClient } from '../load/light-client.ts';
import { type Goods, orderOf } from './goods.ts';
import type { Product } from './product.ts';

export type What = 'place_order' | 'place_order, one product' | 'place_order, one person' | 'create_client';

/** Connections that one person has open. */
const OF_ONE = 8;

/** One round of orders, for other parts. */
export const ordersADesk = (
  desk: Product,
  goods: Goods,
  { inFlight, seconds }: { readonly inFlight: number; readonly seconds: number },
): Promise<Round> =>
  overSockets(desk, goods, 'place_order', (places) => closedLoad(places, inFlight, seconds));

/** Over a connection for each person, or over some of one person. */
export async function overSockets<T>(
  { url }: Product,
  goods: Goods,
  what: What,
  work: (places: readonly Place[]) => Promise<T>,
): Promise<T> {
  const [first] = goods.people;
  const people =
    what === 'place_order, one person' && first ? Array.from({ length: OF_ONE }, () => first) : goods.people;
  const clients = await Promise.all(people.map(({ token }) => LightClient.connect({ url, token })));
  try {
    return await work(clients.map((client) => overSocket(client, what, goods)));
  } finally {
    for (const client of clients) client.close();
  }
}

function overSocket(client: LightClient, what: What, goods: Goods): Place {
  const name = what === 'create_client' ? 'create_client' : 'place_order';
  return (which, commandId, done) => {
    const input =
      name === 'create_client'
        ? { name: `Client ${which}`, email: `client-${which}@bench.test`, phone: '+34 600 000 000' }
        : orderOf(goods, what === 'place_order, one product' ? 0 : which);
    client.send(name, JSON.stringify({ commandId, input }), (answer) => done(isOk(answer)));
  };
}

const isOk = (answer: Buffer): boolean => answer.toString('latin1', 0, 10) === '[{"ok":tru';
