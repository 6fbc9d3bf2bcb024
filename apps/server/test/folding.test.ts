import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fold } from '@almenara/events';
import pg from 'pg';
import { expect, test } from 'vitest';
import { stockedDesk, testApp } from './app.ts';
import { emptyDatabase, testDatabase } from './database.ts';

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('[T1] the database folds every character as the contract does', async () => {
  await using database = await testDatabase();
  const texts: string[] = [];
  for (let code = 1; code < 0x20000; code += 1) {
    const letter = String.fromCodePoint(code);
    // What one of the two does not know yet, as its Unicode is the older one, folds to itself there.
    if (/\p{L}|\p{M}|\p{N}|\p{S}|\p{P}|\p{Z}|\p{Cc}/u.test(letter))
      texts.push(`Σ${letter}İ${letter}1`, letter);
  }
  const wrong = await connected(database.url, async (client) => {
    const { rows } = await client.query<{ text: string }>(
      `SELECT text FROM unnest($1::text[], $2::text[]) AS given(text, folded)
       WHERE fold_text(text) IS DISTINCT FROM folded AND unicode_assigned(text)`,
      [texts, texts.map(fold)],
    );
    return rows.map(({ text }) => text);
  });
  expect(wrong).toEqual([]);
});

test('[T1] codes are unique by what people take them for, and found so: by search, by scanner, by either spelling', async () => {
  await using desk = await testApp();
  const add = (sku: string, barcode: string | null = null, name = sku) =>
    desk.http('operator', 'POST', '/api/products', {
      sku,
      name,
      barcode,
      unitPrice: { amount: 100, currency: 'EUR' },
    });
  expect((await add('Ñ1', 'Straße-9', 'Piñata ÉTOILE İzmir 100%')).status).toBe(201);
  for (const taken of ['ñ1', 'N\u03031', 'n\u03031', '\uff2e\u0303\uff11'])
    expect(await add(taken)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect((await add('Ñ2', 'STRASSE-9')).status).toBe(409);
  expect((await add('N1')).status).toBe(201);

  const { body } = await desk.http('viewer', 'GET', `/api/products?sku=${encodeURIComponent('n\u03031')}`);
  expect(body.items).toMatchObject([{ sku: 'Ñ1' }]);
  const skus = async (query: string): Promise<string[]> =>
    (await desk.http('viewer', 'GET', `/api/products?${query}`)).body.items.map(
      ({ sku }: { sku: string }) => sku,
    );
  expect(await skus(`barcode=${encodeURIComponent('strasse-9')}`)).toEqual(['Ñ1']);
  for (const q of ['ñata', 'PIÑ', 'étoile', 'E\u0301TOILE', 'IZMIR', 'izmır', '0%', 'STRASSE'])
    expect(await skus(`q=${encodeURIComponent(q)}`), q).toEqual(['Ñ1']);
  // Wildcards of the database are letters here.
  for (const q of ['1_0', '%n', 'étoil_']) expect(await skus(`q=${encodeURIComponent(q)}`), q).toEqual([]);

  const product = (await add('Zoë')).body.product;
  const change = (sku: string) =>
    desk.http('operator', 'PATCH', `/api/products/${product.id}`, { expectedVersion: 1, sku });
  expect((await change('ñ1')).status).toBe(409);
  expect((await change('ZOË')).body.product.sku).toBe('ZOË');
});

test('[T1] clients, orders, levels and returns are found by name in any case', async () => {
  await using desk = await testApp();
  const { products, zone } = await stockedDesk(desk);
  const { client } = await desk.run('create_client', { name: 'Ángel Muñoz', country: 'España', phone: '_1' });
  const { order } = await desk.run('place_order', {
    clientId: client.id,
    lines: [{ productId: products[0]?.id ?? '', quantity: 1 }],
  });
  await desk.run('record_return', {
    clientId: client.id,
    lines: [{ productId: products[0]?.id ?? '', quantity: 1, zone }],
    reason: 'CAÍDA',
  });
  const total = async (path: string): Promise<number> => (await desk.http('viewer', 'GET', path)).body.total;
  const q = (text: string): string => `q=${encodeURIComponent(text)}`;
  expect(await total(`/api/clients?${q('MUÑOZ')}`)).toBe(1);
  expect(await total(`/api/clients?${q('ángel mun\u0303oz')}`)).toBe(1);
  expect(await total(`/api/clients?${q('ESPAÑA')}`)).toBe(1);
  expect(await total(`/api/clients?${q('_1')}`)).toBe(1);
  expect(await total(`/api/orders?${q('ÁNGEL')}`)).toBe(1);
  expect(await total(`/api/orders?${q('PRODUCT 0')}`)).toBe(1);
  expect(await total(`/api/returns?${q('caída')}`)).toBe(1);
  expect(await total(`/api/inventory?${q('pRODUCT 2')}`)).toBe(1);

  await desk.run('update_client', { clientId: client.id, expectedVersion: 1, name: 'Łukasz Żak' });
  expect(await total(`/api/clients?${q('ŁUKASZ ŻAK')}`)).toBe(1);
  expect(order.number).toBeGreaterThan(0);
});

test('[T1] zones that differ in case are one', async () => {
  await using desk = await testApp();
  await desk.run('create_zone', { code: 'A1', name: 'First' });
  expect((await desk.http('operator', 'POST', '/api/zones', { code: 'a1', name: 'Same' })).status).toBe(409);
});

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

test('[T1] codes that have become one stay, all of them, and the migration says which', async () => {
  await using database = await emptyDatabase();
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d/.test(name)).sort();
  const warnings = await connected(database.url, async (client) => {
    const apply = async (name: string): Promise<void> =>
      void (await client.query(await readFile(`${MIGRATIONS}/${name}/migration.sql`, 'utf8')));
    for (const name of names.filter((one) => one < '20261126100000')) await apply(name);
    const skus = ['ñ1', 'Ñ1', 'N\u03031', 'plain', 'Straße'];
    await client.query(
      `INSERT INTO product (id, sku, name, barcode, amount, currency, stocked, created_at, updated_at)
       SELECT gen_random_uuid(), sku, sku, upper(sku), 1, 'EUR', true, now(), now() FROM unnest($1::text[]) AS sku`,
      [skus],
    );
    await client.query(
      `INSERT INTO zone (id, code, name, created_at, updated_at)
       SELECT gen_random_uuid(), code, code, now(), now() FROM unnest(ARRAY['a1', 'A1', 'B1']) AS code`,
    );
    const told: string[] = [];
    client.on('notice', ({ message }) => told.push(message ?? ''));
    await apply('20261126100000_folding');
    const { rows } = await client.query<{ sku: string; key: string }>(
      `SELECT sku, sku_key AS key FROM product ORDER BY sku COLLATE "C"`,
    );
    expect(rows.filter(({ sku, key }) => key === fold(sku)).map(({ sku }) => sku)).toEqual([
      'N\u03031',
      'Straße',
      'plain',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(5);
    return told;
  });
  expect(warnings.filter((text) => text.includes('its code'))).toHaveLength(2);
  expect(warnings.filter((text) => text.startsWith('zone a1'))).toHaveLength(1);
});
