import { COUNTED_OF_SEARCH, fold, LevelSort, OrderSort } from '@almenara/events';
import { expect, test } from 'vitest';
import { makeLargeDesk } from '../../../tools/large-desk/make.ts';
import { sizeOf } from '../../../tools/large-desk/size.ts';
import { type TestApp, testApp } from './app.ts';

/** Enough of everything that one search finds few of it and another one many. */
const SIZE = { ...sizeOf(0.001, 1), products: 2400, clients: 3600, openOrders: 600, closedOrders: 1600 };

/** Words of several scripts, parts of them, single letters, codes, numbers, and what is special to patterns. */
const ASKED = [
  ...[
    'Пекарня',
    'ИВАНОВ',
    'garcía',
    'GARCÍA 12',
    'Garcia',
    '山田',
    '山',
    '饭店 1',
    'मसाला',
    'an',
    'a',
    '1 kg',
  ],
  ...[
    'aceite de oliva 5 l',
    'inv',
    'INV-00000123',
    '#1234',
    '7',
    'ab-00',
    '%',
    '\\',
    'mail.example',
    'España',
    '84000',
  ],
  ...['Old name', 'zzz'],
];

/** What the first pages list, all of them unless it is told otherwise. */
async function everyPage(
  desk: TestApp,
  path: string,
  most = Number.POSITIVE_INFINITY,
): Promise<{ ids: string[]; first: Page }> {
  const ids: string[] = [];
  const read = async (cursor: string): Promise<Page> => {
    const { status, body } = await desk.http('viewer', 'GET', `${path}&limit=200${cursor}`);
    expect(status, path).toBe(200);
    ids.push(...body.items.map(idOf));
    return body;
  };
  const first = await read('');
  let { nextCursor } = first;
  for (let pages = 1; nextCursor !== null && pages < most; pages += 1)
    ({ nextCursor } = await read(`&cursor=${nextCursor}`));
  return { ids, first };
}
interface Page {
  readonly nextCursor: string | null;
  readonly total: number;
  readonly totalIsAtLeast?: true;
}
const idOf = ({ id, zone, productId }: { id?: string; zone: string; productId: string }): string =>
  id ?? `${zone} ${productId}`;

/** Exact, unless it says that it is not. */
function expectTotal({ total, totalIsAtLeast }: Page, really: number, of: string): void {
  if (totalIsAtLeast) expect(total, of).toBeLessThanOrEqual(really);
  else expect(total, of).toBe(really);
}

test('a search finds what reading through everything finds, whether few or many hold it, in every script', async () => {
  await using desk = await testApp();
  const { reader } = desk.app.database;
  await makeLargeDesk({
    databaseUrl: desk.databaseUrl,
    size: SIZE,
    seed: 3,
    now: new Date(),
    progress: () => {},
  });
  // Orders keep the names that their clients and goods had.
  const { clientId } = await reader.order.findFirstOrThrow({ orderBy: { number: 'desc' } });
  await desk.run('update_client', {
    clientId,
    expectedVersion: await versionOf(desk, clientId),
    name: 'Old name 1',
  });
  await desk.run('update_client', {
    clientId,
    expectedVersion: await versionOf(desk, clientId),
    name: 'New name',
  });
  const { productId } = await reader.orderLine.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const { version } = await reader.product.findUniqueOrThrow({ where: { id: productId } });
  await desk.run('update_product', { productId, expectedVersion: version, sku: 'NOW-1', name: 'Now' });

  const lists = [
    {
      path: '/api/orders?',
      found: (like: string, q: string) => reader.$queryRaw<{ id: string }[]>`
        SELECT id FROM "order" o WHERE o.number::text = ltrim(${q}, '#') OR o.search LIKE ${like}
        OR EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND l.search LIKE ${like}) ORDER BY number DESC`,
    },
    {
      path: '/api/orders?statuses=placed,packed&sort=changed&',
      found: (like: string, q: string) => reader.$queryRaw<{ id: string }[]>`
        SELECT id FROM "order" o WHERE status IN ('placed', 'packed') AND (o.number::text = ltrim(${q}, '#')
        OR o.search LIKE ${like} OR EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND l.search LIKE ${like}))
        ORDER BY updated_at DESC, number DESC`,
    },
    {
      path: '/api/clients?all=true&',
      found: (like: string) => reader.$queryRaw<{ id: string }[]>`
        SELECT id FROM client WHERE search LIKE ${like} ORDER BY name, id`,
    },
    {
      path: '/api/products?',
      found: (like: string) => reader.$queryRaw<{ id: string }[]>`
        SELECT id FROM product WHERE search LIKE ${like} ORDER BY sku`,
    },
    {
      path: '/api/inventory?sort=available&desc=true&',
      found: (like: string) => reader.$queryRaw<{ id: string }[]>`
        SELECT l.zone || ' ' || p.id AS id FROM stock_level l JOIN product p ON p.id = l.product_id
        WHERE p.search LIKE ${like} ORDER BY on_hand - reserved DESC, sku, zone`,
    },
  ];
  let bounded = 0;
  for (const q of [...ASKED, 'Now', 'NOW-1']) {
    const like = `%${fold(q).replace(/[\\%_]/g, '\\$&')}%`;
    for (const { path, found } of lists) {
      const of = `${path}q=${q}`;
      const really = (await found(like, q)).map(({ id }) => id);
      const { ids, first } = await everyPage(desk, `${path}q=${encodeURIComponent(q)}`, 2);
      expect(ids, of).toEqual(really.slice(0, 400));
      expectTotal(first, really.length, of);
      if (first.totalIsAtLeast) bounded += 1;
    }
  }
  expect(bounded).toBeGreaterThan(0);
  expect(SIZE.clients).toBeGreaterThan(COUNTED_OF_SEARCH);
});

async function versionOf(desk: TestApp, id: string): Promise<number> {
  return (await desk.app.database.reader.client.findUniqueOrThrow({ where: { id } })).version;
}

test('every sorting of orders and levels gives all of them once, page by page, and says how many', async () => {
  await using desk = await testApp();
  await makeLargeDesk({
    databaseUrl: desk.databaseUrl,
    size: { ...sizeOf(0.001, 1), openOrders: 350, closedOrders: 150 },
    seed: 4,
    now: new Date(),
    progress: () => {},
  });
  const { reader } = desk.app.database;
  for (const sort of OrderSort.options) {
    const { ids, first } = await everyPage(desk, `/api/orders?compact=true&sort=${sort}`);
    const all = sort === 'closed' ? 150 : 500;
    expect({ sort, listed: new Set(ids).size, total: first.total }).toEqual({
      sort,
      listed: all,
      total: all,
    });
    const some = await everyPage(
      desk,
      `/api/orders?compact=true&statuses=placed,picking,delivered&sort=${sort}`,
    );
    const wanted = new Set(
      (await reader.order.findMany({ where: { status: { in: ['placed', 'picking', 'delivered'] } } })).map(
        ({ id }) => id,
      ),
    );
    expect(some.ids, sort).toEqual(ids.filter((id) => wanted.has(id)));
    expect(some.first.total, sort).toBe(some.ids.length);
  }
  const levels = await reader.stockLevel.count();
  const watched = await reader.stockLevel.count({ where: { reorderPoint: { gt: 0 } } });
  for (const sort of LevelSort.options) {
    const rising = await everyPage(desk, `/api/inventory?sort=${sort}`);
    const falling = await everyPage(desk, `/api/inventory?sort=${sort}&desc=true`);
    const all = sort === 'share' ? watched : levels;
    for (const { ids, first } of [rising, falling])
      expect({ sort, listed: new Set(ids).size, total: first.total }).toEqual({
        sort,
        listed: all,
        total: all,
      });
  }
  const figures = (await desk.http('viewer', 'GET', '/api/inventory/figures')).body;
  const low = await everyPage(desk, '/api/inventory?low=true&stocked=true');
  const sum = (of: 'levels' | 'low'): number =>
    figures.zones.reduce((total: number, zone: { levels: number; low: number }) => total + zone[of], 0);
  expect({ levels: sum('levels'), low: sum('low') }).toEqual({ levels, low: low.ids.length });
  expect(figures.lowProducts).toBeGreaterThan(0);
});
