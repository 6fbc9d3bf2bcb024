import type { ImportDecision, ImportPreview, ImportState } from '@almenara/events';
import { expect, test } from 'vitest';
import { SHOPS } from '../src/import/testing/shops.ts';
import { type TestApp, testApp } from './app.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const OPTIONS = { timeZone: 'Europe/Madrid' };

async function bring(desk: TestApp, text: string): Promise<string> {
  const { body } = await desk.http('operator', 'POST', '/api/imports?name=sales.csv', text, {
    'content-type': 'text/csv',
  });
  return body.import.id;
}

async function look(desk: TestApp, id: string, more: object = {}): Promise<ImportPreview> {
  const { status, body } = await desk.http('operator', 'POST', `/api/imports/${id}/preview`, {
    ...OPTIONS,
    ...more,
  });
  expect(status).toBe(200);
  return body.preview;
}

async function run(desk: TestApp, id: string, more: object = {}): Promise<ImportState> {
  await desk.http('operator', 'POST', `/api/imports/${id}/run`, { ...OPTIONS, ...more });
  return expect
    .poll(async () => (await desk.http('operator', 'GET', `/api/imports/${id}`)).body.import, {
      timeout: 30_000,
    })
    .toMatchObject({ stage: 'done' })
    .then(async () => (await desk.http('operator', 'GET', `/api/imports/${id}`)).body.import);
}

const guessesOf = ({ reading }: ImportPreview): ImportDecision[] =>
  (reading?.decisions ?? []).filter(({ certain }) => !certain);

test('[I1][I3][I4] orders with UUIDs and codes without digits are all there, as goods; a guess is told as one', async () => {
  await using desk = await testApp();
  const id = await bring(desk, SHOPS.uuids);
  const preview = await look(desk, id);
  expect(preview.plan).toMatchObject({ orders: 3, returns: 0, writeOffs: 0, services: 0, bad: 0 });
  expect(guessesOf(preview)).toEqual([]);

  expect(await run(desk, id)).toMatchObject({ imported: 3 });
  const { items } = (await desk.http('viewer', 'GET', '/api/products')).body;
  expect(items.map(({ sku, stocked }: Record<string, unknown>) => [sku, stocked])).toEqual([
    ['hoodie-blue', true],
    ['hoodie-red', true],
  ]);
  expect((await look(desk, id)).plan).toMatchObject({ orders: 0, repeated: 3 });

  // A guess is told with what else it could be, and another choice is read.
  const guessed = await bring(desk, SHOPS.threeDecimals.replace(',0.900', ',1.900'));
  const first = await look(desk, guessed);
  expect(guessesOf(first)).toMatchObject([{ about: 'decimal', read: '.', others: [','] }]);
  expect(first.plan?.samples[0]).toMatchObject({ quantity: 2, price: { amount: 250 } });
  const other = await look(desk, guessed, { decimal: ',' });
  expect(guessesOf(other)).toEqual([]);
  expect(other.plan?.samples[0]).toMatchObject({ quantity: 2000, price: { amount: 250_000 } });

  const refused = await desk.http('operator', 'POST', `/api/imports/${guessed}/preview`, {
    cancellations: 'maybe',
  });
  expect(refused).toMatchObject({ status: 400, body: { details: { fields: [{ path: 'cancellations' }] } } });

  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
});

test('[I3][I4] what a file says of its currency is taken before what is usual, and what is no goods can be changed before it is made', async () => {
  await using desk = await testApp();
  const id = await bring(desk, SHOPS.brazilian);
  const preview = await look(desk, id, { usualCurrency: 'EUR' });
  expect(preview.settings).toMatchObject({ currency: 'BRL', cancellations: 'auto', services: [], goods: [] });
  expect(preview.plan).toMatchObject({
    sold: { amount: 10 * 2590 + 103_450 + 2 * 2590, currency: 'BRL' },
    services: 1,
    serviceProducts: [{ sku: 'FRETE', name: 'Frete SEDEX', stocked: false, isChosen: false }],
  });
  expect(preview.reading?.unused).toMatchObject([
    { heading: 'Desconto', looksLike: 'discount' },
    { heading: 'Total', looksLike: 'total' },
    { heading: 'Situação', looksLike: 'status', values: ['Faturado', 'Cancelado'] },
  ]);

  const choice = { goods: ['frete'], services: ['CF-250'] };
  const chosen = await look(desk, id, choice);
  expect(chosen.plan?.serviceProducts).toMatchObject([
    { sku: 'CF-250', stocked: false, isChosen: true },
    { sku: 'FRETE', stocked: true, isChosen: true },
  ]);
  await run(desk, id, choice);
  const { items } = (await desk.http('viewer', 'GET', '/api/products')).body;
  expect(items.map(({ sku, stocked }: Record<string, unknown>) => [sku, stocked])).toEqual([
    ['CF-250', false],
    ['FRETE', true],
  ]);
  expect(await desk.brokenInvariants()).toEqual([]);
});
