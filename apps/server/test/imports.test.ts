import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportAnswer, ImportState, Role } from '@almenara/events';
import { expect, test } from 'vitest';
import { SAMPLE } from '../src/import/testing/sample.ts';
import { type Answer, type TestApp, testApp } from './app.ts';
import { dataFolder, startServer } from './server-process.ts';
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
  role: Role = 'operator',
): Promise<ImportState> {
  const response = await fetch(`${desk.url}/api/imports/${id}/events`, {
    headers: { authorization: `Bearer ${desk.users[role].token}` },
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

/** Another operator than the one of the desk. */
async function secondOperator(desk: TestApp): Promise<{ authorization: string }> {
  const db = desk.app.database.accounts;
  const id = randomUUID();
  await db.user.create({ data: { id, name: 'Second', email: 'second@test.test', role: 'operator' } });
  const token = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db.session.create({ data: { id: randomUUID(), token, userId: id, expiresAt } });
  return { authorization: `Bearer ${token}` };
}

test('[A1] an import is its user’s own and administrators’: others are told that there is none, and viewers import nothing', async () => {
  await using desk = await testApp();
  const id = await upload(desk, SAMPLE);
  const second = await secondOperator(desk);
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
    expect((await desk.http(null, method, `/api/imports/${id}${path}`, body, second)).status, path).toBe(404);
    expect((await desk.http('viewer', method, `/api/imports/${id}${path}`, body)).status, path).toBe(403);
    expect((await desk.http(null, method, `/api/imports/${id}${path}`, body)).status, path).toBe(401);
  }
  expect((await desk.http('viewer', 'POST', '/api/imports', SAMPLE, CSV)).status).toBe(403);
  expect((await desk.http(null, 'GET', '/api/imports', undefined, second)).body.items).toEqual([]);
  expect((await desk.http('admin', 'GET', '/api/imports')).body.items).toMatchObject([
    { id, fileName: 'sales.csv', owner: { id: desk.users.operator.id, name: 'The operator' } },
  ]);
  expect((await desk.http('admin', 'GET', `/api/imports/${id}`)).status).toBe(200);
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

const documentsDone = ({ steps }: ImportState): number =>
  steps.find(({ name }) => name === 'documents')?.done ?? 0;

test('[I5][I1] whoever loses the right to import is stopped before the next batch; an administrator sees it, and goes on', async () => {
  await using desk = await testApp();
  const id = await upload(desk, many(250));
  await desk.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  await until(desk, id, (state) => documentsDone(state) > 0);
  const person = `/api/people/${desk.users.operator.id}`;
  expect((await desk.http('admin', 'PATCH', person, { active: false })).status).toBe(200);
  const stopped = await until(desk, id, isOver, [], 'admin');
  expect(stopped).toMatchObject({ stage: 'stopped', trouble: { code: 'no_right', why: 'deactivated' } });
  expect(stopped.imported).toBe(documentsDone(stopped));
  expect(stopped.imported).toBeLessThan(250);
  const { body } = await desk.http('viewer', 'GET', '/api/orders');
  expect(body.total).toBe(stopped.imported);

  expect((await desk.http('admin', 'POST', `/api/imports/${id}/run`, OPTIONS)).status).toBe(202);
  const done = await until(desk, id, isOver, [], 'admin');
  expect(done).toMatchObject({ stage: 'done', owner: { name: 'The operator' } });
  expect(stopped.imported + done.imported).toBe(250);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[I5] a run goes on by the right of the key or the role it was begun with, and ends with either', async () => {
  await using desk = await testApp();
  const { body: key } = await desk.http('admin', 'POST', '/api/keys', { name: 'Till', role: 'operator' });
  const byKey = { ...CSV, 'x-api-key': key.key };
  const begin = async (role: Role | null, headers: Record<string, string>): Promise<string> => {
    const { body } = await desk.http(role, 'POST', '/api/imports?name=a.csv', many(250), {
      ...CSV,
      ...headers,
    });
    const id: string = body.import.id;
    const json = { ...headers, 'content-type': 'application/json' };
    const run = { ...OPTIONS, source: id };
    expect((await desk.http(role, 'POST', `/api/imports/${id}/run`, run, json)).status).toBe(202);
    return id;
  };
  const first = await begin(null, byKey);
  await until(desk, first, (state) => documentsDone(state) > 0, [], 'admin');
  await desk.http('admin', 'DELETE', `/api/keys/${key.id}`);
  expect(await until(desk, first, isOver, [], 'admin')).toMatchObject({
    stage: 'stopped',
    trouble: { code: 'no_right', why: 'gone' },
  });

  const second = await begin('operator', {});
  await until(desk, second, (state) => documentsDone(state) > 0, [], 'admin');
  // An administrator stops somebody else's.
  expect((await desk.http('admin', 'POST', `/api/imports/${second}/cancel`)).status).toBe(200);
  expect(await until(desk, second, isOver, [], 'admin')).toMatchObject({ stage: 'stopped', trouble: null });
  await desk.http('operator', 'POST', `/api/imports/${second}/run`, { ...OPTIONS, source: second });
  await desk.http('admin', 'PATCH', `/api/people/${desk.users.operator.id}`, { role: 'viewer' });
  expect(await until(desk, second, isOver, [], 'admin')).toMatchObject({
    stage: 'stopped',
    trouble: { code: 'no_right', why: 'role' },
  });
  expect(await desk.brokenInvariants()).toEqual([]);
});

/** Sends a body whole before it reads the answer, as browsers do. */
async function sendFirst(
  desk: TestApp,
  path: string,
  bytes: number,
  headers: Record<string, string>,
): Promise<{ status: number; code: string }> {
  const { port } = new URL(desk.url);
  const request = httpRequest({
    port,
    path,
    method: 'POST',
    headers: { authorization: `Bearer ${desk.users.operator.token}`, ...headers },
  });
  const answer = once(request, 'response');
  answer.catch(() => {});
  const part = Buffer.alloc(64 * 1024, 'x,1\n');
  for (let sent = 0; sent < bytes; sent += part.length)
    if (!request.write(part)) await once(request, 'drain');
  request.end();
  const [response] = await answer;
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, code: JSON.parse(text).code };
}

test('[F2] a body that is too large is answered so that its sender can read it, with a length and without', async () => {
  await using desk = await testApp({ config: { MAX_IMPORT_BYTES: 1_000_000 } });
  const bytes = 64 * 1024 * 160;
  const tooLarge = { status: 413, code: 'too_large' };
  const length = { 'content-length': String(bytes) };
  for (const headers of [length, { 'transfer-encoding': 'chunked' }, { ...length, connection: 'close' }])
    expect(await sendFirst(desk, '/api/imports', bytes, { ...CSV, ...headers })).toEqual(tooLarge);
  const json = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
  expect(await sendFirst(desk, '/api/clients', bytes, json)).toEqual(tooLarge);
  expect((await desk.http('operator', 'GET', '/api/imports')).body.items).toEqual([]);
});

test('[F1] a file that takes more memory than an import may have is refused in words, and the server goes on', async () => {
  await using desk = await testApp({ config: { IMPORT_MEMORY_MB: 64 } });
  const id = await upload(desk, many(60_000));
  const tooMuch = { details: { trouble: { code: 'too_much' } } };
  expect(await look(desk, id)).toMatchObject({ status: 400, body: tooMuch });
  await desk.http('operator', 'POST', `/api/imports/${id}/run`, OPTIONS);
  expect(await until(desk, id, isOver)).toMatchObject({ stage: 'failed', trouble: { code: 'too_much' } });
  const small = await upload(desk, SAMPLE);
  expect((await look(desk, small)).status).toBe(200);
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

test('[I1] the server is killed in the middle of an import: the next one shows it as interrupted, and goes on with it', async () => {
  await using data = await dataFolder();
  const account = { name: 'Ada', email: 'ada@test.test', password: 'correct horse battery' };
  const send = async (
    url: string,
    method: string,
    path: string,
    body?: string | object,
    type = 'application/json',
  ) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': type, ...(token !== '' && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely.
    return response.json() as Promise<any>;
  };
  let token = '';
  let id = '';
  // Other desks on this machine, also older ones, look through the temporary folder.
  const own = { TMPDIR: data.path };
  {
    await using server = await startServer(data.path, own);
    await send(server.url, 'POST', '/api/setup', account);
    token = (await send(server.url, 'POST', '/api/auth/sign-in/email', account)).token;
    id = (await send(server.url, 'POST', '/api/imports?name=sales.csv', many(300), 'text/csv')).import.id;
    await send(server.url, 'POST', `/api/imports/${id}/run`, OPTIONS);
    await expect
      .poll(async () => documentsDone((await send(server.url, 'GET', `/api/imports/${id}`)).import), {
        timeout: 20_000,
      })
      .toBeGreaterThan(0);
    await server.kill();
  }
  await using server = await startServer(data.path, own);
  const { items } = await send(server.url, 'GET', '/api/imports');
  expect(items).toMatchObject([
    { id, fileName: 'sales.csv', owner: { name: 'Ada' }, stage: 'stopped', trouble: { code: 'interrupted' } },
  ]);
  await send(server.url, 'POST', `/api/imports/${id}/run`, OPTIONS);
  await expect
    .poll(async () => (await send(server.url, 'GET', `/api/imports/${id}`)).import.stage, { timeout: 40_000 })
    .toBe('done');
  expect((await send(server.url, 'GET', '/api/orders')).total).toBe(300);
  // Its database has gone with it before the folder is removed.
  expect(await server.stop()).toBe(0);
}, 120_000);
