import { events, LINES_IN_SNAPSHOT, ORDERS_IN_SNAPSHOT, type Order } from '@almenara/events';
import pg from 'pg';
import { expect, test } from 'vitest';
import { makeLargeDesk, NotEmpty } from '../../../tools/large-desk/make.ts';
import { sizeOf } from '../../../tools/large-desk/size.ts';
import { testApp } from './app.ts';
import { testDatabase } from './database.ts';
import { allEvents, expectFoldsToEqualTables, expectSmallWindows } from './topics.ts';

// More orders than the live view holds, of every kind that a desk of any size has.
const SIZE = { ...sizeOf(0.001, 1), openOrders: 900, closedOrders: 300 };
const NOW = new Date();

test('[L3] a large desk folds to its tables, beyond its windows too, and keeps every promise', async () => {
  await using desk = await testApp();
  const make = () =>
    makeLargeDesk({ databaseUrl: desk.databaseUrl, size: SIZE, seed: 7, now: NOW, progress: () => {} });
  await make();
  expect(await desk.brokenInvariants()).toEqual([]);
  expect(await danglingRows(desk.databaseUrl)).toEqual([]);
  for (const { name } of await desk.app.database.reader.topic.findMany())
    for (const { type, data } of await allEvents(desk.app, name)) events[type].data.parse(data);
  await expectFoldsToEqualTables(desk.app);
  for (const limit of [1, 40]) await expectSmallWindows(desk.app, limit);

  const { snapshot } = (await desk.http('viewer', 'GET', '/api/topics/orders/snapshot')).body;
  const open = snapshot.total - snapshot.counts.delivered - snapshot.counts.cancelled;
  expect({ open, total: snapshot.total }).toEqual({ open: 900, total: 1200 });
  expect(snapshot).toMatchObject({ truncated: true });
  expect(snapshot.orders).toHaveLength(ORDERS_IN_SNAPSHOT);
  const large = snapshot.orders.filter(({ lineCount }: Order) => lineCount !== undefined);
  expect(large.map(({ lineCount }: Order) => lineCount).sort()).toEqual([500, 60]);
  expect(LINES_IN_SNAPSHOT).toBeLessThan(60);
  await expect(make()).rejects.toThrow(NotEmpty);

  // And work goes on.
  const client = await desk.app.database.reader.client.findFirstOrThrow({ where: { archived: false } });
  const level = await desk.app.database.reader.stockLevel.findFirstOrThrow({
    where: { onHand: { gt: 100 } },
  });
  const lines = [{ productId: level.productId, quantity: 1 }];
  const { order } = await desk.run('place_order', { clientId: client.id, lines });
  expect(order.number).toBe(1201);
  await desk.run('change_order_status', { orderId: order.id, status: 'picking' });
  await expectFoldsToEqualTables(desk.app);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('the same seed makes the same desk, another one another', async () => {
  const tellTale = async (seed: number): Promise<unknown> => {
    await using database = await testDatabase();
    await makeLargeDesk({
      databaseUrl: database.url,
      size: sizeOf(0, 0),
      seed,
      now: NOW,
      progress: () => {},
    });
    return await query(
      database.url,
      `SELECT (SELECT md5(string_agg(e::text, '' ORDER BY topic, seq)) FROM event e) AS log,
              (SELECT md5(string_agg(m::text, '' ORDER BY id)) FROM stock_movement m) AS ledger`,
    );
  };
  const first = await tellTale(1);
  expect(await tellTale(1)).toEqual(first);
  expect(await tellTale(2)).not.toEqual(first);
});

/** Rows that name others that are not there: what is made in bulk is not looked up row by row. */
async function danglingRows(url: string): Promise<unknown[]> {
  const keys = await query(
    url,
    `SELECT conname AS name, conrelid::regclass::text AS "from", confrelid::regclass::text AS "to",
            (SELECT array_agg(quote_ident(attname::text) ORDER BY place) FROM unnest(conkey) WITH ORDINALITY k (n, place)
             JOIN pg_attribute ON attrelid = conrelid AND attnum = n) AS "columns",
            (SELECT array_agg(quote_ident(attname::text) ORDER BY place) FROM unnest(confkey) WITH ORDINALITY k (n, place)
             JOIN pg_attribute ON attrelid = confrelid AND attnum = n) AS "named"
     FROM pg_constraint WHERE contype = 'f'`,
  );
  const looks = keys.map(
    ({ name, from, to, columns, named }) => `
      SELECT '${name}' AS key FROM ${from} f WHERE num_nulls(${columns.map((one: string) => `f.${one}`)}) = 0
      AND NOT EXISTS (SELECT FROM ${to} t WHERE (${named.map((one: string) => `t.${one}`)}) = (${columns.map((one: string) => `f.${one}`)}))`,
  );
  return query(url, looks.join(' UNION '));
}

async function query(url: string, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
