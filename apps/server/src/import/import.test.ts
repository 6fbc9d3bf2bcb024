import { expect, test } from 'vitest';
import { type TestApp, testApp } from '../../test/app.ts';
import { expectFoldsToEqualTables } from '../../test/topics.ts';
import { ImportError } from './read/import-error.ts';
import { importSales, previewSales } from './run/run.ts';
import { deskState, lowestStockEver } from './testing/desk-state.ts';
import { inAnotherDialect, optionsOf, salesFile, sampleFile } from './testing/sales-file.ts';
import type { Progress } from './write/batches.ts';

/** A file of thousands of lines is written in half a minute on a small machine that does other things too. */
const SLOW = 300_000;

const options = optionsOf();
const importInto = (
  desk: TestApp,
  input: Uint8Array,
  more: { progress?: Progress; signal?: AbortSignal } = {},
) => importSales({ bus: desk.app.bus, db: desk.app.database.reader, input, options, ...more });

test.each([salesFile(), sampleFile()])(
  '[L3][S1][S2] $name is imported whole, a dry run changes nothing, and a second run changes nothing',
  async ({ bytes, ...facts }) => {
    await using desk = await testApp();
    const db = desk.app.database.reader;

    const empty = await deskState(db);
    const preview = await previewSales({ db, input: bytes, options });
    expect(preview.plan.documents).toHaveLength(facts.documents);
    expect(await deskState(db)).toEqual(empty);

    const result = await importInto(desk, bytes);
    expect(result).toMatchObject({ imported: facts.documents, stopped: false });
    expect(result.plan).toEqual(preview.plan);

    const [written] = await db.$queryRaw<object[]>`
      SELECT (SELECT count(*)::int FROM "order" WHERE status = 'delivered' AND closed_at = created_at) AS orders,
             (SELECT count(*)::int FROM order_line) AS "soldLines",
             (SELECT sum(amount)::int FROM "order") AS sold,
             (SELECT count(*)::int FROM "return") AS returns,
             (SELECT sum((l ->> 'quantity')::int * (l -> 'unitPrice' ->> 'amount')::int)::int
              FROM "return", jsonb_array_elements(lines) AS l) AS "takenBack",
             (SELECT count(*)::int FROM stock_movement WHERE kind = 'adjustment') AS "writeOffs",
             (SELECT count(*)::int FROM product) AS products,
             (SELECT count(*)::int FROM product WHERE NOT stocked) AS services,
             (SELECT count(*)::int FROM client) AS clients,
             (SELECT count(*)::int FROM imported_line) AS lines,
             (SELECT count(*)::int - count(DISTINCT (reference, l.sku, l.quantity, l.amount, l.name))::int
              FROM order_line l JOIN "order" o ON o.id = l.order_id) AS twins`;
    expect(written).toMatchObject(counted(facts));
    expect(await desk.brokenInvariants()).toEqual([]);
    expect(await lowestStockEver(db)).toBe(0);
    await expectFoldsToEqualTables(desk.app);

    const after = await deskState(db);
    for (const again of [bytes, inAnotherDialect(bytes)]) {
      const second = await importInto(desk, again);
      expect(second).toMatchObject({ imported: 0, plan: { documents: [], repeated: facts.lines, bad: [] } });
    }
    expect(await deskState(db)).toEqual(after);
  },
  SLOW,
);

/** What the tables are asked for; the twins there include equal lines at other minutes of one document. */
function counted({ name: _, documents: __, twins, ...facts }: Omit<ReturnType<typeof salesFile>, 'bytes'>) {
  return { ...facts, twins: expect.toSatisfy((n: number) => n >= twins) };
}

test.each([salesFile(), sampleFile()])(
  '[I1] $name in another dialect, and stopped again and again, comes to the same as in one go',
  async ({ bytes, documents }) => {
    await using whole = await testApp();
    await using halting = await testApp();
    await importInto(whole, bytes);

    // In the middle of each phase: products, opening stock, clients, documents.
    const variant = inAnotherDialect(bytes);
    let imported = 0;
    let runs = 0;
    for (const batches of [1, 1, 4, 3, 3, 9, Number.POSITIVE_INFINITY]) {
      const stop = new AbortController();
      let left = batches;
      const advanced = (): void => {
        left -= 1;
        if (left === 0) stop.abort();
      };
      const progress = { started: () => {}, advanced, finished: () => {} };
      const result = await importInto(halting, variant, { progress, signal: stop.signal });
      imported += result.imported;
      runs += 1;
      if (!result.stopped) break;
    }

    expect(runs).toBeGreaterThan(2);
    expect(imported).toBe(documents);
    expect(await deskState(halting.app.database.reader)).toEqual(await deskState(whole.app.database.reader));
    expect(await halting.brokenInvariants()).toEqual([]);
  },
  SLOW,
);

test('two imports of one file at the same time come to the same as one', async () => {
  const { bytes, documents } = sampleFile();
  await using desk = await testApp();
  await using alone = await testApp();
  await importInto(alone, bytes);

  await Promise.all([importInto(desk, bytes), importInto(desk, bytes)]);

  expect(await deskState(desk.app.database.reader)).toEqual(await deskState(alone.app.database.reader));
  expect(documents).toBe(7);
});

test('[C1] an answer that is lost after the commit is found out about, and the batch is not written twice', async () => {
  const { bytes, documents } = sampleFile();
  await using desk = await testApp();
  await using alone = await testApp();
  await importInto(alone, bytes);
  const lost = new Set<string>();
  const { bus, database } = desk.app;
  const forgetful: Parameters<typeof importSales>[0]['bus'] = {
    runSystem: async (system, handle) => {
      const { name, commandId } = system;
      const outcome = await bus.runSystem(system, handle);
      if (lost.has(commandId) || name === 'import_products') return outcome;
      lost.add(commandId);
      return { ok: false, error: { code: 'unavailable', message: 'No answer.' } };
    },
  };

  const result = await importSales({ bus: forgetful, db: database.reader, input: bytes, options });

  expect(lost.size).toBe(4);
  expect(result.imported).toBe(documents);
  expect(await deskState(database.reader)).toEqual(await deskState(alone.app.database.reader));
});

test('[S1] sales that are still open reserve their goods, and can be picked and cancelled like any order', async () => {
  await using desk = await testApp();
  const { bytes, orders } = sampleFile();
  const db = desk.app.database.reader;
  await importSales({ bus: desk.app.bus, db, input: bytes, options: optionsOf({ as: 'open', zone: 'B7' }) });

  const placed = await db.order.findMany({
    where: { status: 'placed', closedAt: null },
    orderBy: { number: 'asc' },
  });
  expect(placed).toHaveLength(orders);
  expect(await desk.brokenInvariants()).toEqual([]);
  const [first, second] = placed;
  await desk.run('change_order_status', { orderId: first?.id ?? '', status: 'picking' });
  await desk.run('change_order_status', { orderId: second?.id ?? '', status: 'cancelled' });
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
});

const HEADER = 'InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country';
const textOf = (...lines: string[]): Uint8Array => Buffer.from([HEADER, ...lines].join('\n'));

test('what the desk has is used: its products, its stock, its clients under whatever name, and its sent orders', async () => {
  await using desk = await testApp();
  await desk.run('create_zone', { code: 'MAIN', name: 'The main hall' });
  const { product } = await desk.run('create_product', {
    sku: 'ab-1',
    name: 'Ours',
    unitPrice: { amount: 999, currency: 'EUR' },
  });
  await desk.run('receive_stock', { productId: product.id, zone: 'MAIN', quantity: 4 });
  await importInto(desk, textOf('1;AB-1;Theirs;6;13/1/2024 10:00;1,5;7;Spain'));
  const [client] = (await desk.http('admin', 'GET', '/api/clients')).body.items;
  expect(client).toMatchObject({ name: 'Client 7', country: 'Spain' });
  await desk.run('update_client', { clientId: client.id, expectedVersion: 1, name: 'Bar Farola' });

  await importInto(desk, textOf('C2;AB-1;Theirs;-2;14/1/2024 10:00;1,5;7;Spain'));

  const { body } = await desk.http('admin', 'GET', '/api/inventory/movements');
  expect(
    body.items.map(({ kind, onHandDelta, at }: Record<string, unknown>) => [kind, onHandDelta, at]),
  ).toEqual([
    ['return', 2, '2024-01-14T10:00:00.000Z'],
    ['sale', -6, '2024-01-13T10:00:00.000Z'],
    ['receipt', 2, '2024-01-13T09:59:00.000Z'],
    ['receipt', 4, expect.any(String)],
  ]);
  const [order] = (await desk.http('admin', 'GET', '/api/orders')).body.items;
  expect(order).toMatchObject({
    reference: '1',
    clientName: 'Client 7',
    lines: [{ sku: 'ab-1', name: 'Ours', unitPrice: { amount: 150 } }],
  });
  const [back] = (await desk.http('admin', 'GET', '/api/returns')).body.items;
  expect(back).toMatchObject({
    reference: 'C2',
    clientName: 'Bar Farola',
    clientId: client.id,
    orderId: order.id,
  });
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[M1] goods come back from the order they left with, also once its client was merged into another', async () => {
  await using desk = await testApp();
  const options = optionsOf({ as: 'open' });
  const { bus, database } = desk.app;
  const input = textOf('1;A1;Tea;6;13/1/2024 10:00;1,5;7;Spain', '2;A1;Tea;4;13/1/2024 11:00;1,5;8;Spain');
  await importSales({ bus, db: database.reader, input, options });
  const { items } = (await desk.http('admin', 'GET', '/api/orders')).body;
  const orderOf = (reference: string) =>
    items.find((one: { reference: string }) => one.reference === reference);
  const [sent, moved] = [orderOf('1'), orderOf('2')];
  const ship = async ({ id }: { id: string }): Promise<void> => {
    for (const status of ['picking', 'packed', 'shipped'] as const)
      await desk.run('change_order_status', { orderId: id, status });
  };
  // One order has left before the merge and stays with its client; the other goes along, and leaves later.
  await ship(sent);
  await desk.run('change_order_status', { orderId: sent.id, status: 'delivered' });
  const { client } = await desk.run('create_client', { name: 'Bar Farola' });
  for (const { clientId } of [sent, moved])
    await desk.run('merge_clients', { clientId: client.id, duplicateId: clientId });
  await ship(moved);

  // Each number brings back what was sold under the other one: it is one client now.
  await importInto(desk, textOf('C3;A1;Tea;-5;14/3/2026 10:00;1,5;8;Spain'));
  await importInto(desk, textOf('C4;A1;Tea;-4;15/3/2026 10:00;1,5;7;Spain'));
  const { body } = await desk.http('admin', 'GET', '/api/returns');
  expect(body.items).toMatchObject([
    { reference: 'C4', clientId: client.id, orderId: moved.id },
    { reference: 'C3', clientId: client.id, orderId: sent.id },
  ]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('bad lines are left out and told; corrected, they are made up for; other lines under old numbers are refused', async () => {
  await using desk = await testApp();
  const good = ['1;A1;Tea;2;13/1/2024 10:00;1,5;7;Spain', '2;A1;Tea;1;13/1/2024 11:00;1,5;7;Spain'];
  const first = await importInto(
    desk,
    textOf(good[0] ?? '', '1;A2;Mug;two;13/1/2024 10:00;4;7;Spain', good[1] ?? ''),
  );
  expect(first.plan.bad).toEqual([
    { line: 3, document: '1', why: { code: 'no_number', field: 'quantity', found: 'two' } },
  ]);
  expect(first.imported).toBe(2);

  const corrected = textOf(good[0] ?? '', '1;A2;Mug;2;13/1/2024 10:00;4;7;Spain', good[1] ?? '');
  expect(await importInto(desk, corrected)).toMatchObject({ imported: 1, plan: { repeated: 2, bad: [] } });
  const { body } = await desk.http('admin', 'GET', '/api/orders?q=Mug');
  expect(body.items).toMatchObject([
    { reference: '1', total: { amount: 800 }, lines: [{ sku: 'A2', quantity: 2 }] },
  ]);

  const changed = textOf('1;A1;Tea;3;13/1/2024 10:00;1,5;7;Spain');
  expect(await importInto(desk, changed)).toMatchObject({
    imported: 0,
    plan: { bad: [{ line: 2, document: '1' }] },
  });
  const elsewhere = {
    bus: desk.app.bus,
    db: desk.app.database.reader,
    input: changed,
    options: optionsOf({ source: 'till' }),
  };
  expect(await importSales(elsewhere)).toMatchObject({ imported: 1, plan: { bad: [] } });
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('with more bad lines than may be, nothing is imported', async () => {
  await using desk = await testApp();
  const db = desk.app.database.reader;
  const empty = await deskState(db);
  const input = textOf('1;A1;Tea;2;13/1/2024;1,5;7;', ';A1;Tea;2;13/1/2024;1,5;7;');
  const strict = importSales({ bus: desk.app.bus, db, input, options: optionsOf({ limitErrors: 0 }) });
  await expect(strict).rejects.toThrow(ImportError);
  expect(await deskState(db)).toEqual(empty);
});

test('[S1] goods that are sold at the desk while the import runs are received once more, and stock stays above 0', async () => {
  await using desk = await testApp();
  const { bytes } = sampleFile();
  const { bus, database } = desk.app;
  const { client } = await desk.run('create_client', { name: 'In a hurry' });
  const racing: Parameters<typeof importSales>[0]['bus'] = {
    runSystem: async (system, handle) => {
      if (system.name === 'import_documents') {
        const product = await database.reader.product.findUniqueOrThrow({ where: { sku: '10120A' } });
        await desk.run('place_order', {
          clientId: client.id,
          lines: [{ productId: product.id, quantity: 5 }],
        });
      }
      return bus.runSystem(system, handle);
    },
  };
  await importSales({ bus: racing, db: database.reader, input: bytes, options });
  expect(await desk.brokenInvariants()).toEqual([]);
  const level = await database.reader.stockLevel.findFirst({ where: { product: { sku: '10120A' } } });
  expect(level).toMatchObject({ onHand: 5 + 2, reserved: 5 });
  await expectFoldsToEqualTables(desk.app);
});
