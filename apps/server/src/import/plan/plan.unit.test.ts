import { expect, test } from 'vitest';
import { describePlan } from '../command-line/report.ts';
import { readSales, type SalesLine } from '../read/lines.ts';
import type { ImportOptions } from '../read/options.ts';
import { reasonText } from '../report/reasons.ts';
import { optionsOf, salesFile, sampleFile } from '../testing/sales-file.ts';
import { lineKey } from './imported-lines.ts';
import { clientIdOf, orderIdOf, WALK_IN_ID } from './keys.ts';
import { type Known, NOTHING_KNOWN } from './known.ts';
import { linesOf, makePlan } from './plan.ts';
import type { Plan } from './planned.ts';

const HEADER = 'InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country';
const planOf = (lines: string[], known: Partial<Known> = {}, options: Partial<ImportOptions> = {}): Plan => {
  const chosen = optionsOf({ dateOrder: 'dmy', decimal: ',', ...options });
  return makePlan(readSales([HEADER, ...lines].join('\n'), chosen), { ...NOTHING_KNOWN, ...known }, chosen);
};
const keysOf = (plan: Plan) =>
  plan.documents.map((document) => linesOf(document).map(({ key, quantity }) => [key, quantity]));

test.each([salesFile(), sampleFile()])(
  '$name becomes the documents, products and clients it has',
  ({ bytes, ...facts }) => {
    const options = optionsOf();
    const plan = makePlan(readSales(bytes, options), NOTHING_KNOWN, options);
    const sales = plan.documents.flatMap(({ sale }) => sale?.lines ?? []);
    const back = plan.documents.flatMap(({ takenBack }) => takenBack?.lines ?? []);
    const worth = (lines: typeof sales) =>
      lines.reduce((sum, { quantity, amount }) => sum + quantity * amount, 0);

    expect(plan.bad).toEqual([]);
    expect(plan.documents).toHaveLength(facts.documents);
    expect(plan.documents.filter(({ sale }) => sale)).toHaveLength(facts.orders);
    expect(plan.documents.filter(({ takenBack }) => takenBack)).toHaveLength(facts.returns);
    expect(plan.documents.filter(({ writeOffs }) => writeOffs.length > 0)).toHaveLength(facts.writeOffs);
    expect(plan.newProducts).toHaveLength(facts.products);
    expect(plan.newProducts.filter(({ stocked }) => !stocked)).toHaveLength(facts.services);
    expect(plan.newClients).toHaveLength(facts.clients);
    expect([sales.length, worth(sales), worth(back)]).toEqual([facts.soldLines, facts.sold, facts.takenBack]);
  },
  60_000,
);

test('documents are taken by their dates, lines and documents of one minute as the file has them', () => {
  const plan = planOf([
    '3;A1;;1;2/1/2024 10:00;1;7;',
    '1;A1;;1;1/1/2024 10:00;1;7;',
    '2;B1;;1;1/1/2024 10:00;1;7;',
    '1;A2;;2;1/1/2024 10:01;1;7;',
    '1;A1;;1;1/1/2024 10:00;1;7;',
  ]);
  expect(plan.documents.map(({ name }) => name)).toEqual(['1', '2', '3']);
  expect(keysOf(plan)[0]).toEqual([
    ['a1', 1],
    ['a2', 2],
    ['a1', 1],
  ]);
});

test('[S1] what must have been there before is the deepest point of a product’s balance, not what was sold of it', () => {
  const sold = [
    '1;A1;;10;1/1/2024;1;7;',
    'C2;A1;;-8;2/1/2024;1;7;',
    '3;A1;;5;3/1/2024;1;7;',
    '4;A1;;-4;4/1/2024;0;;',
  ];
  expect(planOf(sold).openings).toEqual([{ key: 'a1', quantity: 11, upTo: 11 }]);
  const available = new Map([['a1', 4]]);
  expect(planOf(sold, { available }).openings).toEqual([{ key: 'a1', quantity: 7, upTo: 11 }]);
  expect(planOf(sold, { available: new Map([['a1', 20]]) }).openings).toEqual([]);
  expect(planOf(sold).openedAt.toISOString()).toBe('2023-12-31T23:59:00.000Z');
});

test('codes that differ in case are one product, named as most lines name it and priced as the last one that costs', () => {
  const plan = planOf([
    '1;85123a;HEART;1;3/1/2024;6,77;7;',
    '2;85123A;?;1;1/1/2024;2,55;7;',
    '3;85123A;HEART HOLDER;1;1/1/2024;2,95;7;',
    '4;85123A;HEART HOLDER;1;4/1/2024;0;7;',
    '5;22139;;56;1/1/2024;0;;',
  ]);
  expect(plan.newProducts).toEqual([
    {
      key: '85123a',
      sku: '85123A',
      name: 'HEART HOLDER',
      amount: 677,
      stocked: true,
      isChosen: false,
      spellings: 2,
    },
    { key: '22139', sku: '22139', name: '22139', amount: 0, stocked: true, isChosen: false, spellings: 1 },
  ]);
});

test.each([
  ['POST', 'POSTAGE'],
  ['dot', 'DOTCOM POSTAGE'],
  ['M', 'Manual'],
  ['D', 'Discount'],
  ['POST', 'x'],
  ['BANK CHARGES', 'x'],
  ['C2', 'CARRIAGE'],
  ['S', 'SAMPLES'],
  ['CRUK', 'CRUK Commission'],
  ['AMAZONFEE', 'AMAZON FEE'],
  ['gift_0001_20', 'Dotcomgiftshop Gift Voucher £20.00'],
])('%s, %s, is sold but never on a shelf', (code, name) => {
  const plan = planOf([`1;${code};${name};1;1/1/2024;1;7;`, `2;${code};${name};-1;1/1/2024;0;;`]);
  expect(plan.newProducts).toMatchObject([{ sku: code, stocked: false }]);
  expect(plan.openings).toEqual([]);
  expect(plan.bad).toMatchObject([
    { line: 3, document: '2', why: { code: 'not_stocked', product: expect.any(String) } },
  ]);
});

test('goods are the rule, and whoever imports may say otherwise, in any case of the code', () => {
  const lines = [
    '1;hoodie-blue;Hoodie, blue;2;1/1/2024;30;7;',
    '1;PADS;PADS TO MATCH;1;1/1/2024;1;7;',
    '1;porto;Porto;1;1/1/2024;9;7;',
  ];
  const stocked = (options: Partial<ImportOptions> = {}) =>
    planOf(lines, {}, options).newProducts.map((product) => [product.sku, product.stocked, product.isChosen]);
  expect(stocked()).toEqual([
    ['hoodie-blue', true, false],
    ['PADS', true, false],
    ['porto', false, false],
  ]);
  expect(stocked({ goods: ['PORTO'], services: ['pads'] })).toEqual([
    ['hoodie-blue', true, false],
    ['PADS', false, true],
    ['porto', true, true],
  ]);
});

test('a product that the database has is stocked or not as it says there', () => {
  const products = new Map([['portes', { id: 'p', stocked: true }]]);
  const plan = planOf(['1;PORTES;x;2;1/1/2024;1;7;'], { products });
  expect(plan.newProducts).toEqual([]);
  expect(plan.openings).toEqual([{ key: 'portes', quantity: 2, upTo: 2 }]);
});

test('negative lines took goods back; those that name nobody and cost nothing wrote stock off', () => {
  const plan = planOf([
    '1;A1;sold;5;1/1/2024;1;7;',
    '1;A1;credited;-1;1/1/2024;1;7;',
    '2;A1;lost;-2;1/1/2024;0;;',
    'C3;A1;back;-1;1/1/2024;0;;',
    '4;A1;credited;-1;1/1/2024;1;;',
  ]);
  expect(
    plan.documents.map(({ sale, takenBack, writeOffs }) => [
      sale?.lines.length ?? 0,
      takenBack?.lines.length ?? 0,
      writeOffs.length,
    ]),
  ).toEqual([
    [1, 1, 0],
    [0, 0, 1],
    [0, 1, 0],
    [0, 1, 0],
  ]);
  expect(plan.bad).toEqual([]);
});

test('a document has one customer: who is not named is the one who is, and another one is a bad line', () => {
  const plan = planOf([
    '1;A1;;1;1/1/2024;1;;',
    '1;A1;;1;1/1/2024;1;7;Spain',
    '1;A1;;1;1/1/2024;1;8;',
    '2;A1;;1;1/1/2024;1;;Spain',
  ]);
  expect(plan.documents.map(({ clientId }) => clientId)).toEqual([clientIdOf('csv', '7'), WALK_IN_ID]);
  expect(plan.newClients).toEqual([
    { id: clientIdOf('csv', '7'), name: 'Client 7', country: 'Spain' },
    { id: WALK_IN_ID, name: 'Walk-in', country: null },
  ]);
  const spanish = planOf(['1;A1;;1;1/1/2024;1;7;', '2;A1;;1;1/1/2024;1;;'], {}, { language: 'es' });
  expect(spanish.newClients.map(({ name }) => name)).toEqual(['Cliente 7', 'Cliente de paso']);
  expect(plan.bad).toEqual([
    { line: 4, document: '1', why: { code: 'other_customer', customer: '8', first: '7' } },
  ]);
});

test('a cancellation that gives, and a document beyond all bounds, are bad', () => {
  const plan = planOf(
    ['C1;A1;;1;1/1/2024;1;7;', '2;A1;;1000000;1/1/2024;9000000000;7;', '2;A2;;1;1/1/2024;1;7;'],
    {},
    { cancellations: 'prefix:C' },
  );
  expect(plan.documents).toEqual([]);
  expect(plan.bad.map(({ line, why }) => [line, reasonText(why)])).toEqual([
    [2, expect.stringContaining('positive in a cancellation')],
    [3, expect.stringContaining('total')],
    [4, expect.stringContaining('total')],
  ]);
});

test('goods come back from the only order of their client that has as many of them, and from none where two could be it', () => {
  const plan = planOf([
    '1;A1;;5;1/1/2024;1;7;',
    '1;B1;;1;1/1/2024;1;7;',
    '2;A1;;9;1/1/2024;1;8;',
    'C3;A1;;-3;2/1/2024;1;7;', // of 1
    'C4;A1;;-3;3/1/2024;1;7;', // 2 are left
    'C5;A1;;-1;3/1/2024;1;7;', // of 1
    'C5;B1;;-1;3/1/2024;1;7;',
    '6;A1;;4;4/1/2024;1;8;',
    'C7;A1;;-4;5/1/2024;1;8;', // 2 or 6
    'C8;A1;;-6;5/1/2024;1;8;', // of 2
    'C9;A1;;-1;5/1/2024;1;;', // nobody's
  ]);
  const origin = new Map(
    plan.documents.flatMap(({ name, takenBack }) => (takenBack ? [[name, takenBack.orderId] as const] : [])),
  );
  const [one, two] = [orderIdOf('csv', '1', 1), orderIdOf('csv', '2', 1)];
  expect(origin).toEqual(
    new Map([
      ['C3', one],
      ['C4', null],
      ['C5', one],
      ['C7', null],
      ['C8', two],
      ['C9', null],
    ]),
  );
});

test('orders that the database has sent count too; orders that are still to be sent take nothing back', () => {
  const sent = [
    { id: 'sent', clientId: clientIdOf('csv', '7'), at: new Date('2023-12-01'), left: new Map([['a1', 3]]) },
  ];
  const back = 'C1;A1;;-3;2/1/2024;1;7;';
  expect(planOf([back], { sent }).documents[0]?.takenBack?.orderId).toBe('sent');
  const open = planOf(['0;A1;;5;1/1/2024;1;7;', back], {}, { as: 'open' });
  expect(open.documents[1]?.takenBack?.orderId).toBeNull();
});

test('lines that are imported are left alone, lines that were bad then are made up for, changed documents are refused', () => {
  const lines = [
    '1;A1;;5;1/1/2024;1;7;',
    '1;A2;;1;1/1/2024;1;7;',
    '1;A3;;1;1/1/2024;1;7;',
    '2;A1;;1;1/1/2024;1;7;',
  ];
  const file = readSales([HEADER, ...lines].join('\n'), optionsOf());
  const hashes = file.lines.map(
    ({ document, position, hash }) => [lineKey(document, position), hash] as const,
  );

  const all = planOf(lines, { imported: new Map(hashes) });
  expect([all.documents, all.repeated, all.bad]).toEqual([[], 4, []]);

  const [first, , third] = hashes;
  const some = planOf(lines, { imported: new Map(first && third ? [first, third] : []) });
  expect(keysOf(some)).toEqual([[['a2', 1]], [['a1', 1]]]);
  expect(some.documents[0]?.sale?.orderId).toBe(orderIdOf('csv', '1', 2));

  const changed = planOf(['1;A1;;6;1/1/2024;1;7;', ...lines.slice(1)], {
    imported: new Map(hashes.slice(0, 2)),
  });
  expect(keysOf(changed)).toEqual([[['a1', 1]]]);
  expect(changed.bad.map(({ line }) => line)).toEqual([2, 4]);
  expect(changed.bad.map(({ why }) => reasonText(why))[0]).toMatch(
    /document 1 of source "csv" was imported before with other lines.*--source/,
  );
});

test('prices are rounded to what the currency has, and counted', () => {
  const plan = planOf(['1;A1;;1;1/1/2024;1,005;7;', '1;A1;;1;1/1/2024;1,5;7;'], {}, { currency: 'JPY' });
  expect(plan.documents.flatMap(linesOf).map(({ amount }) => amount)).toEqual([1, 2]);
  expect(plan.rounded).toBe(2);
});

test('[I2] more pieces of a product than stock can count are told of before anything is written', () => {
  const lines = (pieces: number): string[] =>
    Array.from({ length: 2_000 }, (_, i) => `${i};A1;;${pieces};1/1/2024 10:00;0,01;7;`);
  const one = '2000;A1;;1;1/1/2024 10:00;0,01;7;';
  expect(planOf(lines(1_000_000)).documents).toHaveLength(2_000);
  expect(() => planOf([...lines(1_000_000), one])).toThrow('more than 2000000000 pieces of a1');
  expect(() => planOf([...lines(-1_000_000), one.replace(';1;', ';-1;')])).toThrow(
    'more than 2000000000 pieces of a1',
  );
});

test('[I4] what is said of a product that is there as something else, or of one that is not in the file, is told', () => {
  const lines = ['1;TEA;Tea;2;1/1/2024;1;7;', '1;POST;Postage;1;1/1/2024;1;7;', '1;New;New;1;1/1/2024;1;7;'];
  const products = new Map([
    ['tea', { id: 'a', stocked: true }],
    ['post', { id: 'b', stocked: false }],
  ]);
  const options = { services: ['tea', 'post', 'new'], goods: ['Post', 'TEA', 'mug'] };
  const plan = planOf(lines, { products }, options);
  expect(plan.unheeded).toEqual([
    { code: 'tea', why: 'is_goods' },
    { code: 'Post', why: 'is_service' },
    { code: 'mug', why: 'not_in_file' },
  ]);
  expect(describePlan(plan, optionsOf(options)).join('\n')).toMatch(
    /tea: the desk has this product as goods.*\n.*Post: .*no goods.*\n.*mug: no line/,
  );
});

test('[I2] a document of more lines than one transaction writes is refused by line, however many they are', () => {
  const linesOfOne = (count: number): SalesLine[] =>
    Array.from({ length: count }, (_, i) => ({
      line: i + 2,
      document: '1',
      position: i + 1,
      code: 'A1',
      description: '',
      quantity: 1,
      moment: '2024-01-01T00:00:00',
      amount: 1,
      rounded: false,
      customer: null,
      country: null,
      hash: '',
    }));
  const planOf = (count: number): Plan =>
    makePlan({ ...readSales(HEADER, optionsOf()), lines: linesOfOne(count) }, NOTHING_KNOWN, optionsOf());

  const [document] = planOf(5000).documents;
  expect(document?.sale?.lines).toHaveLength(5000);
  // More than a call takes arguments.
  const plan = planOf(200_000);
  expect(plan.documents).toEqual([]);
  expect(plan.bad).toHaveLength(200_000);
  expect(plan.bad[0]?.why).toEqual({ code: 'long_document', lines: 200_000, most: 5000 });
  const otherwise = { ...NOTHING_KNOWN, imported: new Map([[lineKey('1', 1), 'other']]) };
  const changed = { ...readSales(HEADER, optionsOf()), lines: linesOfOne(5000) };
  expect(makePlan(changed, otherwise, optionsOf()).bad).toHaveLength(5000);
});
