import { expect, test } from 'vitest';
import { decisionsOf } from './plan/decisions.ts';
import { NOTHING_KNOWN } from './plan/known.ts';
import { linesOf, makePlan } from './plan/plan.ts';
import { settle } from './read/currency.ts';
import { openSales, understand } from './read/lines.ts';
import { AskedOptions } from './read/options.ts';
import { SHOPS } from './testing/shops.ts';

function read(text: string, asked: object = {}) {
  const settings = AskedOptions.parse({ timeZone: 'Europe/Madrid', ...asked });
  const table = openSales(text, settings);
  const options = { ...settle(table, settings), latest: '2026-11-27' };
  const file = understand(table, options);
  const plan = makePlan(file, NOTHING_KNOWN, options);
  const decisions = decisionsOf(file, table.headings, plan, options);
  return {
    currency: options.currency,
    file,
    plan,
    bad: plan.bad,
    lines: file.lines.map(({ document, code, quantity, amount, moment }) => [
      document,
      code,
      quantity,
      amount,
      moment.slice(0, 10),
    ]),
    services: plan.newProducts.filter(({ stocked }) => !stocked).map(({ sku }) => sku),
    guesses: decisions.filter(({ certain }) => !certain),
    unused: file.unused.map(({ heading, looksLike }) => `${heading}: ${looksLike}`),
  };
}

test('an American sample of 1996: no sale is a hundred years ahead, and what is not used is named', () => {
  const { lines, bad, unused, guesses, services } = read(SHOPS.northwind);
  expect(bad).toEqual([]);
  expect(lines[0]).toEqual(['10248', '11', 12, 1400, '1996-07-04']);
  expect(lines[3]).toEqual(['10250', '41', 10, 770, '1996-07-28']);
  expect(unused).toEqual(['Discount: discount', 'Freight: charge']);
  expect(guesses).toEqual([{ about: 'century', certain: false, lines: 4, years: [1996] }]);
  expect(services).toEqual([]);
});

test('orders of a web shop: codes without a digit are goods, currency and offsets are read, a refund is pointed out', () => {
  const { lines, bad, currency, unused, services, file } = read(SHOPS.shopify);
  expect(bad).toEqual([]);
  expect(currency).toBe('USD');
  expect(lines).toEqual([
    ['#1001', 'hoodie-blue', 2, 2500, '2024-01-18'],
    ['#1001', 'mug-white', 1, 1400, '2024-01-18'],
    ['#1002', 'mug-white', 1, 1400, '2024-01-19'],
  ]);
  expect(file.lines[0]?.moment).toBe('2024-01-18T15:30:00+01:00');
  expect(services).toEqual([]);
  expect(unused).toEqual([
    'Financial Status: status',
    'Fulfillment Status: status',
    'Subtotal: total',
    'Shipping: charge',
    'Taxes: tax',
    'Total: total',
    'Discount Amount: discount',
    'Lineitem compare at price: price',
    'Refunded Amount: status',
  ]);
  expect(file.unused[0]?.values).toEqual(['paid', 'refunded']);
});

test('another web shop: months have names, and a cost that is the only price is a guess', () => {
  const { lines, bad, guesses, services, unused } = read(SHOPS.woocommerce);
  expect(bad).toEqual([]);
  expect(lines[1]).toEqual(['5002', 'TEA-02', 1, 525, '2024-01-06']);
  expect(guesses).toMatchObject([{ about: 'column', field: 'price', read: { heading: 'Item Cost' } }]);
  expect(services).toEqual(['ship']);
  expect(unused).toContain('Order Status: status');
});

test('a German program with three decimals: pieces are not thousands, net goes before gross and cost, as a guess', () => {
  const { lines, bad, guesses, services, unused, plan } = read(SHOPS.german);
  expect(bad).toEqual([]);
  expect(lines.map(([, , quantity, amount]) => [quantity, amount])).toEqual([
    [2, 1990],
    [1, 490],
    [12, 750],
    [-1, 1990],
  ]);
  expect(services).toEqual(['V1']);
  expect(guesses).toMatchObject([
    {
      about: 'column',
      field: 'price',
      read: { heading: 'VK netto' },
      others: [{ heading: 'VK brutto' }, { heading: 'EK-Preis' }],
    },
  ]);
  expect(unused).toEqual(['EK-Preis: price', 'VK brutto: price', 'MwSt-Satz: tax', 'Gesamt netto: total']);
  expect([...plan.cancellations.documents]).toEqual(['GS-2024-001']);
});

test('a Brazilian one: R$, a comma, a freight, and a cancelled order that is pointed out', () => {
  const { lines, bad, currency, services, unused, guesses, file } = read(SHOPS.brazilian);
  expect(bad).toEqual([]);
  expect(currency).toBe('BRL');
  expect(lines.map(([, , quantity, amount]) => [quantity, amount])).toEqual([
    [10, 2590],
    [1, 103_450],
    [2, 2590],
  ]);
  expect(services).toEqual(['FRETE']);
  expect(unused).toEqual(['Desconto: discount', 'Total: total', 'Situação: status']);
  expect(file.unused[2]?.values).toEqual(['Faturado', 'Cancelado']);
  expect(guesses).toEqual([]);
});

test('an Indian one: lakhs, rupees and names of months', () => {
  const { lines, bad, currency, unused, guesses } = read(SHOPS.indian);
  expect(bad).toEqual([]);
  expect(currency).toBe('INR');
  expect(lines).toEqual([
    ['S/101', 'SILK-9', 1, 12_345_678, '2024-01-15'],
    ['S/102', 'TEA-5', 40, 25_000, '2024-01-16'],
  ]);
  expect(unused).toEqual(['CGST: tax', 'SGST: tax', 'Amount: total']);
  expect(guesses).toEqual([]);
});

test('a Japanese one: full-width digits, years before months, yen without decimals', () => {
  const { lines, bad, currency, services, unused } = read(SHOPS.japanese);
  expect(bad).toEqual([]);
  expect(currency).toBe('JPY');
  expect(lines).toEqual([
    ['A-1001', 'MUG-W', 2, 1980, '2024-01-18'],
    ['A-1001', 'SHIP', 1, 550, '2024-01-18'],
    ['A-1002', 'TEA-1', 3, 864, '2024-01-19'],
  ]);
  expect(services).toEqual(['SHIP']);
  expect(unused).toEqual(['金額: total', '状態: status']);
});

test('quantities of 2.000 are two, which is a guess, and a price goes before a cost', () => {
  const { lines, guesses, unused } = read(SHOPS.threeDecimals);
  expect(lines).toEqual([
    ['1', 'A1', 2, 250, '2024-01-13'],
    ['1', 'A2', 1, 125, '2024-01-13'],
  ]);
  expect(unused).toEqual(['Unit Cost: price']);
  // The cost of 0.900 has its decimals behind the point, whatever the others are.
  expect(guesses).toEqual([]);
  const alone = read(SHOPS.threeDecimals.replace(',0.900', ',1.900'));
  expect(alone.lines).toEqual(lines.map((line) => line));
  expect(alone.guesses).toMatchObject([
    { about: 'decimal', read: '.', others: [','], why: 'three_decimals' },
  ]);
  const told = read(SHOPS.threeDecimals, { decimal: ',' });
  expect(told.lines[0]).toEqual(['1', 'A1', 2000, 250_000, '2024-01-13']);
});

test('ids are no cancellations: every order is there, and nothing came back', () => {
  const { plan, bad, services } = read(SHOPS.uuids);
  expect(bad).toEqual([]);
  expect(plan.documents).toHaveLength(3);
  expect(plan.documents.every(({ sale, takenBack }) => sale !== null && takenBack === null)).toBe(true);
  expect(plan.documents.flatMap(linesOf).map(({ quantity }) => quantity)).toEqual([1, 2, 3]);
  expect(services).toEqual([]);
});

test('day numbers are days, and the currency may stand in a heading', () => {
  const { file, currency, guesses } = read(SHOPS.serials);
  expect(file.lines.map(({ moment }) => moment)).toEqual(['2024-01-18T00:00:00', '2024-01-18T12:00:00']);
  expect(file.dateOrder).toMatchObject({ order: 'serial', certain: true });
  expect(currency).toBe('EUR');
  expect(guesses).toEqual([]);
});

test('of several currencies the most frequent is taken, lines in another one are bad lines, and that is told', () => {
  const { lines, bad, currency, guesses } = read(SHOPS.mixed);
  expect(currency).toBe('USD');
  expect(lines).toHaveLength(2);
  expect(bad).toMatchObject([{ line: 4, why: { code: 'other_currency', found: 'EUR', currency: 'USD' } }]);
  expect(guesses).toMatchObject([{ about: 'currency', read: 'USD', others: ['EUR'], why: 'mixed' }]);
  expect(read(SHOPS.mixed, { currency: 'EUR' }).lines).toHaveLength(1);
});

test('a currency that contradicts the file is told, with what the file says; a sign that many have goes with any of them', () => {
  const reais = read(SHOPS.brazilian, { currency: 'EUR' });
  expect(reais.lines).toEqual([]);
  expect(reais.guesses).toMatchObject([
    { about: 'currency', read: 'EUR', others: ['BRL'], why: 'contradicted' },
  ]);
  const pesos = 'Order ID,SKU,Quantity,Date,Price\n1,A1,2,2024-01-18,$ 4.00\n';
  expect(read(pesos)).toMatchObject({ currency: 'USD', guesses: [{ about: 'currency', why: 'sign' }] });
  expect(read(pesos, { usualCurrency: 'MXN' })).toMatchObject({ currency: 'MXN', guesses: [], bad: [] });
  expect(read(pesos, { currency: 'ARS' })).toMatchObject({ currency: 'ARS', guesses: [], bad: [] });
});
