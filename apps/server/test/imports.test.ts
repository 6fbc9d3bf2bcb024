import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportAnswer, ImportState, Role } from '@almenara/events';
import { expect, test } from 'vitest';
import { SAMPLE } from '../src/import/testing/sample.ts';
import { type Answer, type TestApp, testApp } from './app.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const OPTIONS = { timeZone: 'Europe/Madrid' };

async function upload(desk: TestApp, text: string, role: Role = 'operator'): Promise<string> {
  const { status, body } = await desk.http(role, 'POST', '/api/imports?name=sales.csv', text, CSV);
  expect(status).toBe(201);
  return body.import.id;
}
const CSV = { 'content-type': 'text/csv' };

const look = (desk: TestApp, id: string, options: object = OPTIONS): Promise<Answer> =>
  desk.http('operator', 'POST', `/api/imports/${id}/preview`, options);

/** Follows the import's events until one fits. */
async function until(
  desk: TestApp,
  id: string,
  fits: (state: ImportState) => boolean,
  seen: ImportState[] = [],
): Promise<ImportState> {
  const response = await fetch(`${desk.url}/api/imports/${id}/events`, {
    headers: { authorization: `Bearer ${desk.users.operator.token}` },
  });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      // A heartbeat says nothing.
      if (data === undefined) continue;
      const state = JSON.parse(data) as ImportState;
      seen.push(state);
      if (fits(state)) return state;
    }
  }
  throw new Error(`The import ended as ${JSON.stringify(seen.at(-1))}.`);
}
const isOver = ({ stage }: ImportState): boolean => ['done', 'stopped', 'failed'].includes(stage);

test('[I1][I2] a file is brought, looked at, imported with its progress told, and a second time changes nothing', async () => {
  await using desk = await testApp();
  const id = await upload(desk, SAMPLE.replace(';-3;4/9', ';many;4/9'));

  const { body } = await look(desk, id);
  const { preview } = body as ImportAnswer;
  expect(preview).toMatchObject({ encoding: 'UTF-8', lines: 15, missing: [] });
  expect(preview?.headings[3]).toBe('Cantidad');
  expect(preview?.settings.columns).toMatchObject({ quantity: 3, customer: 6 });
  expect(preview?.plan).toMatchObject({ orders: 4, orderLines: 11, returns: 2, clients: 4, bad: 1 });
  expect(preview?.plan?.badLines).toEqual([
    {
      line: 10,
      document: '9004',
      reason: 'its quantity "many" is no number',
      why: { code: 'no_number', field: 'quantity', found: 'many' },
      content: '9004;20455;;many;4/9/2024 11:15;0;;España',
    },
  ]);
  expect((await desk.http('viewer', 'GET', '/api/orders')).body.total).toBe(0);

  const run = await desk.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  expect(run.status).toBe(202);
  const seen: ImportState[] = [];
  const done = await until(desk, id, isOver, seen);
  expect(done).toMatchObject({ stage: 'done', imported: 6, problem: null });
  expect(done.steps.map(({ name, done: n, total }) => `${name} ${n}/${total}`)).toEqual([
    'zone 1/1',
    'products 7/7',
    'openings 5/5',
    'clients 4/4',
    'documents 6/6',
  ]);
  expect((await desk.http('viewer', 'GET', '/api/orders')).body.total).toBe(4);
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);

  const again = await look(desk, id);
  expect(again.body.preview.plan).toMatchObject({ orders: 0, clients: 0, repeated: 14 });
  await desk.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  expect(await until(desk, id, isOver)).toMatchObject({ stage: 'done', imported: 0, steps: [] });
  expect((await desk.http('viewer', 'GET', '/api/orders')).body.total).toBe(4);
});

test('[I2] columns with headings that nobody knows can be told, and a wrong guess can be set right', async () => {
  await using desk = await testApp();
  const id = await upload(
    desk,
    'Bon;Was;Wieviel;Wann;Je;Wer\n1;A1;2;3/4/2024;1,5;Ana\n1;A2;1;3/4/2024;2;Ana\n',
  );
  const first = await look(desk, id);
  expect(first.body.preview).toMatchObject({
    missing: ['document', 'code', 'quantity', 'date', 'price'],
    plan: null,
    headings: ['Bon', 'Was', 'Wieviel', 'Wann', 'Je', 'Wer'],
  });
  const columns = {
    document: 0,
    code: 1,
    quantity: 2,
    date: 3,
    price: 4,
    description: null,
    customer: 5,
    country: null,
  };
  const told = await look(desk, id, { ...OPTIONS, columns });
  expect(told.body.preview).toMatchObject({
    missing: [],
    plan: { orders: 1, orderLines: 2, clients: 1, sold: { amount: 500, currency: 'EUR' } },
  });
  const wrong = await look(desk, id, { ...OPTIONS, columns: { ...columns, quantity: 5 } });
  expect(wrong.body.preview.plan).toMatchObject({ orders: 0, bad: 2 });
  const download = (language: string) =>
    fetch(`${desk.url}/api/imports/${id}/bad-lines.csv${language}`, {
      headers: { authorization: `Bearer ${desk.users.operator.token}` },
    });
  const csv = await download('');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(await csv.text()).toContain('2,1,"its quantity ""Ana"" is no number","1;A1;2;3/4/2024;1,5;Ana"');
  expect(await (await download('?language=es')).text()).toMatch(
    /^\ufeff?línea,documento,motivo,contenido\r\n2,1,la cantidad «Ana» no es un número,"1;A1;2;3\/4\/2024;1,5;Ana"/,
  );
});

test('[I2] what a dry run says of codes in any letters, and of names and reasons cut to length, the import then does', async () => {
  await using desk = await testApp();
  const family = '👩‍👩‍👧‍👦';
  const name = `${'n'.repeat(199)}😀 and more`;
  const reason = `${'r'.repeat(495)}${family} and more`;
  const customer = 'José Núñez';
  await desk.run('create_zone', { code: 'main', name: 'Shop' });
  await desk.run('create_product', {
    sku: 'É7',
    name: 'Éclair',
    unitPrice: { amount: 100, currency: 'EUR' },
  });
  const rows = [
    ['1', 'Ñ1', 'Piñata', '2', customer],
    ['1', 'ñ1', 'Piñata', '1', customer],
    ['1', 'N\u03031', 'Piñata', '1', customer],
    ['2', 'STRASSE1', name, '2', 'Ana'],
    ['2', 'straße1', name, '1', 'Ana'],
    ['3', 'e\u03017', 'Éclair', '1', 'Ana'],
    ['4', 'İ9', `nul \0 and half \ud83d`, '1', 'I\u0307'],
    ['5', 'Ñ1', reason, '-1', ''],
    ['6', '１２Ａ', 'full width', '3', 'ＡＮＡ'],
    ['6', '12a', 'half width', '3', 'ＡＮＡ'],
  ];
  const file = [
    'Document;Code;Description;Quantity;Date;Price;Customer',
    ...rows.map(([document, code, text, quantity, who]) =>
      [document, code, text, quantity, '3/4/2024 10:00', who === '' ? '0' : '1,50', who].join(';'),
    ),
  ].join('\n');
  const id = await upload(desk, file);
  const { body } = await look(desk, id);
  expect(body.preview.plan).toMatchObject({ orders: 5, writeOffs: 1, products: 4, bad: 0, newZone: false });
  await desk.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  expect(await until(desk, id, isOver)).toMatchObject({ stage: 'done', imported: 6, problem: null });
  const products: { sku: string; name: string }[] = (await desk.http('viewer', 'GET', '/api/products')).body
    .items;
  expect(products.map(({ sku }) => sku)).toEqual(['STRASSE1', 'É7', 'Ñ1', 'İ9', '１２Ａ']);
  expect(products.map((product) => product.name)).toContain('n'.repeat(199));
  const { body: moved } = await desk.http('viewer', 'GET', '/api/inventory/movements?zone=main&limit=200');
  expect(moved.items.map((item: { reason: string | null }) => item.reason)).toContain('r'.repeat(495));
  expect((await look(desk, id)).body.preview.plan).toMatchObject({ repeated: 10, bad: 0 });
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
});

test('a file that is no table, too long a file, and settings that cannot be are refused with the reason', async () => {
  await using desk = await testApp({ config: { MAX_IMPORT_BYTES: 2000 } });
  const long = await desk.http('operator', 'POST', '/api/imports', 'x'.repeat(2500), CSV);
  expect(long).toMatchObject({ status: 413, body: { code: 'too_large' } });
  const streamed = await fetch(`${desk.url}/api/imports`, {
    method: 'POST',
    headers: { ...CSV, authorization: `Bearer ${desk.users.operator.token}` },
    body: new Blob(['x'.repeat(1500), 'y'.repeat(1500)]).stream(),
    duplex: 'half',
  });
  expect(streamed.status).toBe(413);
  const id = await upload(desk, 'InvoiceNo;StockCode\n"1;2\n');
  expect(await look(desk, id)).toMatchObject({
    status: 400,
    body: { code: 'invalid', details: { trouble: { code: 'open_quote', line: 2 } } },
  });
  expect(await look(desk, id, { timeZone: 'Europe/Atlantis' })).toMatchObject({
    status: 400,
    body: { details: { fields: [{ path: 'timeZone' }] } },
  });
  const empty = await upload(desk, '');
  expect(await look(desk, empty)).toMatchObject({
    status: 400,
    body: { detail: 'The file is empty.', details: { trouble: { code: 'empty_file' } } },
  });
});

test('[A1] an import is its user’s own: others are told that there is none, and viewers import nothing', async () => {
  await using desk = await testApp();
  const id = await upload(desk, SAMPLE);
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/events'],
    ['GET', '/bad-lines.csv'],
    ['POST', '/preview'],
    ['POST', '/run'],
    ['POST', '/cancel'],
    ['DELETE', ''],
  ] as const) {
    const body = method === 'POST' ? OPTIONS : undefined;
    expect((await desk.http('admin', method, `/api/imports/${id}${path}`, body)).status, path).toBe(404);
    expect((await desk.http('viewer', method, `/api/imports/${id}${path}`, body)).status, path).toBe(403);
    expect((await desk.http(null, method, `/api/imports/${id}${path}`, body)).status, path).toBe(401);
  }
  expect((await desk.http('viewer', 'POST', '/api/imports', SAMPLE, CSV)).status).toBe(403);
  expect((await desk.http('admin', 'GET', '/api/imports')).body.items).toEqual([]);
  expect((await desk.http('operator', 'GET', '/api/imports')).body.items).toHaveLength(1);
  // Another site's page cannot use the cookie: the token in the header is not the browser's doing.
  expect((await desk.http('operator', 'DELETE', `/api/imports/${id}`)).status).toBe(200);
  expect((await desk.http('operator', 'GET', `/api/imports/${id}`)).status).toBe(404);
});

/** Documents enough for many batches. */
const many = (documents: number): string =>
  [
    'Invoice;SKU;Quantity;Date;Price;Customer',
    ...Array.from({ length: documents }, (_, i) => `D${i};A${i % 7};2;1/2/2024 10:00;1,5;${i % 40}`),
  ].join('\n');

test('[I1] cancelled it stops between batches; run again it completes', async () => {
  await using desk = await testApp();
  const id = await upload(desk, many(600));
  const run = () => desk.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  const documentsDone = ({ steps }: ImportState): number =>
    steps.find(({ name }) => name === 'documents')?.done ?? 0;

  await run();
  await until(desk, id, (state) => documentsDone(state) > 0);
  expect((await run()).status).toBe(409);
  await desk.http('operator', 'POST', `/api/imports/${id}/cancel`);
  const stopped = await until(desk, id, isOver);
  expect(stopped).toMatchObject({ stage: 'stopped', problem: null });
  expect(stopped.imported).toBeLessThan(600);
  expect(await desk.brokenInvariants()).toEqual([]);

  await run();
  const done = await until(desk, id, isOver);
  expect(done).toMatchObject({ stage: 'done' });
  expect(done.imported + stopped.imported).toBe(600);
  expect((await desk.http('viewer', 'GET', '/api/orders')).body.total).toBe(600);
});

test('[I1] the server stops in the middle: the same file brought to the next one completes it', async () => {
  await using first = await testApp();
  const id = await upload(first, many(400));
  await first.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  await until(first, id, ({ steps }) => steps.some(({ name, done }) => name === 'documents' && done > 0));
  {
    await using second = await testApp({ databaseUrl: first.databaseUrl });
    await first.app.close();
    expect((await second.http('operator', 'GET', `/api/imports/${id}`)).status).toBe(404);
    const next = await upload(second, many(400));
    await second.http('operator', 'POST', `/api/imports/${next}/run`, OPTIONS);
    const done = await until(second, next, isOver);
    expect(done.stage).toBe('done');
    expect((await second.http('viewer', 'GET', '/api/orders')).body.total).toBe(400);
    expect(await second.brokenInvariants()).toEqual([]);
  }
});

test('files that a killed server has left are gone once another one starts', async () => {
  // No process has this number: it is beyond what any system gives.
  const left = await mkdtemp(join(tmpdir(), 'almenara-imports-2000000000-'));
  await writeFile(join(left, 'sales.csv'), SAMPLE);
  await using desk = await testApp();
  const id = await upload(desk, SAMPLE);
  expect(existsSync(left)).toBe(false);
  expect((await look(desk, id)).status).toBe(200);
});
