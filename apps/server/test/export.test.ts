import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, type TestApp, testApp } from './app.ts';

async function download(
  desk: TestApp,
  path: string,
): Promise<{ text: string; rows: Record<string, string>[] }> {
  const response = await fetch(`${desk.url}/api/export/${path}`, {
    headers: { authorization: `Bearer ${desk.users.viewer.token}` },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  return { text, rows: parse(text, { bom: true, columns: true }) };
}

test('[X1] a text that a spreadsheet would run is written so that it does not; numbers stay numbers', async () => {
  await using desk = await testApp();
  const hostile = ['=HYPERLINK("http://evil")', '+1+1', '-2+3', '@SUM(A1)', '＝1'];
  for (const name of hostile) await desk.run('create_client', { name });
  await desk.run('create_client', { name: 'Plain', notes: '\t=1', phone: '+34 600 000 000' });
  await desk.run('create_client', { name: 'Returns', notes: '\r=1' });
  await desk.run('create_client', { name: 'Two "lines", one name', notes: 'first\nsecond; third, fourth' });

  const { rows } = await download(desk, 'clients.csv');
  const names = new Map(rows.map((row) => [row.name, row]));
  for (const name of hostile) expect([...names.keys()]).toContain(`'${name}`);
  expect(names.get('Plain')).toMatchObject({ phone: "'+34 600 000 000", archived: 'false' });
  expect(names.get('Two "lines", one name')?.notes).toBe('first\nsecond; third, fourth');
  for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);

  const { products, zone } = await stockedDesk(desk, { products: 1, stock: 5 });
  const productId = products[0]?.id ?? '';
  await desk.run('adjust_stock', { productId, zone, delta: -2, reason: '=broken' });
  const ledger = await download(desk, 'movements.csv');
  expect(ledger.rows.map((row) => [row.sku, row.on_hand_delta, row.reason])).toEqual([
    ['SKU-0', '-2', "'=broken"],
    ['SKU-0', '5', ''],
  ]);
});

test('every list can be had, with its own filters; amounts are decimals of their currency, times are ISO', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk);
  const [first, second] = products;
  if (!first || !second) throw new Error('no products');
  const order = await placeOrder(desk, client, [
    [first, 2],
    [second, 1],
  ]);
  const cancelled = await placeOrder(desk, client, [[first, 1]]);
  await desk.run('change_order_status', { orderId: cancelled.id, status: 'cancelled' });
  const yen = { sku: 'YEN', name: 'Yen', unitPrice: { amount: 500, currency: 'JPY' } };
  await desk.run('create_product', yen);
  await desk.run('record_return', { clientId: client.id, lines: [{ productId: first.id, quantity: 1 }] });

  const placed = await download(desk, 'orders.csv?status=placed');
  expect(placed.rows).toHaveLength(1);
  expect(placed.rows[0]).toMatchObject({
    number: String(order.number),
    client: 'A client',
    total: '30.01',
    currency: 'EUR',
    created_at: order.createdAt,
    lines: '2',
  });
  const lines = await download(desk, 'order-lines.csv?status=placed');
  expect(lines.rows.map((row) => [row.sku, row.quantity, row.unit_price, row.zones])).toEqual([
    ['SKU-0', '2', '10.00', 'A1:2'],
    ['SKU-1', '1', '10.01', 'A1:1'],
  ]);
  const found = await download(desk, 'products.csv?q=yen');
  expect(found.rows).toMatchObject([{ sku: 'YEN', unit_price: '500', currency: 'JPY', stocked: 'true' }]);
  const levels = await download(desk, 'inventory.csv?zone=A1&q=sku-0');
  expect(levels.rows).toMatchObject([{ sku: 'SKU-0', on_hand: '101', reserved: '2', available: '99' }]);
  const returned = await download(desk, 'returns.csv');
  expect(returned.rows).toMatchObject([{ sku: 'SKU-0', quantity: '1', unit_price: '10.00' }]);

  expect((await desk.http('viewer', 'GET', '/api/export/orders.csv?status=lost')).status).toBe(400);
  expect((await desk.http('viewer', 'GET', '/api/export/secrets.csv')).status).toBe(404);
  expect((await desk.http(null, 'GET', '/api/export/orders.csv')).status).toBe(401);
});

test('[X2] a list of more than one page is whole, each row once, whatever comes meanwhile', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  const now = new Date();
  const ids = Array.from({ length: 1203 }, () => crypto.randomUUID());
  await db.client.createMany({
    data: ids.map((id, i) => ({ id, name: `Client ${i % 50}`, createdAt: now, updatedAt: now })),
  });
  const [{ rows }] = await Promise.all([
    download(desk, 'clients.csv'),
    desk.run('create_client', { name: 'AAA before all' }),
    desk.run('create_client', { name: 'zzz after all' }),
  ]);
  const told = rows.map((row) => row.id ?? '');
  expect(new Set(told).size).toBe(told.length);
  expect(ids.filter((id) => !told.includes(id))).toEqual([]);
});

test('[F1] a download whose reader goes away ends, and the server goes on', async () => {
  await using desk = await testApp();
  const now = new Date();
  await desk.app.database.accounts.client.createMany({
    data: Array.from({ length: 3000 }, (_, i) => ({
      id: crypto.randomUUID(),
      name: `Client ${i}`,
      notes: 'n'.repeat(3000),
      createdAt: now,
      updatedAt: now,
    })),
  });
  const leaving = new AbortController();
  const response = await fetch(`${desk.url}/api/export/clients.csv`, {
    headers: { authorization: `Bearer ${desk.users.viewer.token}`, 'accept-encoding': 'identity' },
    signal: leaving.signal,
  });
  await response.body?.getReader().read();
  leaving.abort();
  expect((await desk.http('viewer', 'GET', '/api/clients?limit=1')).body.total).toBe(3000);
});
