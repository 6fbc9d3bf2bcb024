import { expect, test } from 'vitest';
import { mapColumns, matchColumns, weighColumns } from './columns.ts';
import { kindOf } from './unused-columns.ts';

/** The heading that each of the weighty fields is taken from, and whether that is certain. */
function found(headings: string[]) {
  const columns = matchColumns(headings);
  const weighed = new Map(weighColumns(headings, columns).map((one) => [one.field, one]));
  return (field: 'price' | 'quantity' | 'code' | 'date' | 'document') => {
    const one = weighed.get(field);
    return one && [headings[one.at], one.certain, one.others.map((at) => headings[at])];
  };
}

test.each([
  [['Unit Cost', 'Price'], 'Price', true, []],
  [['Cost', 'Unit Price'], 'Unit Price', true, []],
  [['List Price', 'Sale Price'], 'Sale Price', true, []],
  [['Unit Cost'], 'Unit Cost', false, []],
  [['Gross price', 'Net price'], 'Net price', false, ['Gross price']],
  [['Precio coste', 'PVP', 'Precio neto'], 'Precio neto', false, ['PVP', 'Precio coste']],
  [['EK-Preis', 'VK-Preis'], 'VK-Preis', true, []],
  [["Prix d'achat", 'P.U. HT'], 'P.U. HT', true, []],
  [['Preço de custo', 'Preço unitário'], 'Preço unitário', true, []],
  [['Costo unitario', 'Prezzo unitario'], 'Prezzo unitario', true, []],
  [['Unit Price (EUR)', 'Cost (EUR)'], 'Unit Price (EUR)', true, []],
  [['Price [USD]'], 'Price [USD]', true, []],
  [['Price in GBP'], 'Price in GBP', true, []],
  [['Price (purchase)', 'Rate'], 'Rate', true, []],
])('of %j the price is %s', (headings, ...rest) => {
  expect(found(headings)('price')).toEqual(rest);
});

test('names of products are taken for codes only where there is nothing else, as a guess', () => {
  expect(found(['Product', 'Item No.'])('code')).toEqual(['Item No.', true, []]);
  expect(found(['Product', 'Qty'])('code')).toEqual(['Product', false, []]);
});

test('of two dates and of two quantities the other one may be meant', () => {
  const of = found(['Invoice Date', 'Order Date', 'Qty ordered', 'Qty shipped', 'Order No']);
  expect(of('date')).toEqual(['Invoice Date', false, ['Order Date']]);
  expect(of('quantity')).toEqual(['Qty ordered', true, []]);
  expect(of('document')).toEqual(['Order No', true, []]);
});

test('a name is the number of an order in an export of Shopify and nowhere else', () => {
  expect(found(['Name', 'Lineitem name', 'Lineitem sku'])('document')).toEqual(['Name', true, []]);
  expect(found(['Name', 'SKU'])('document')).toBeUndefined();
});

test('whoever maps a column takes it from the field that it was matched with', () => {
  const headings = ['Order', 'SKU', 'Qty', 'Date', 'Net price', 'Gross price'];
  expect(mapColumns(headings, { price: 'gross PRICE' })).toMatchObject({ document: 0, price: 5 });
  expect(mapColumns(headings, { description: 'SKU' })).toMatchObject({ code: null, description: 1 });
  expect(() => mapColumns(headings, { price: 'Net' })).toThrow(/no column "Net"\. .*"Net price"/);
});

test.each([
  ['Discount Amount', 'discount'],
  ['Dto. %', 'discount'],
  ['Rabatt', 'discount'],
  ['Sales Tax', 'tax'],
  ['MwSt.', 'tax'],
  ['IVA', 'tax'],
  ['USt-Betrag', 'tax'],
  ['LineTotal', 'total'],
  ['Importe', 'total'],
  ['Gesamtbetrag', 'total'],
  ['Sales', 'total'],
  ['UnitCost', 'price'],
  ['Einkaufspreis', 'price'],
  ['Precio de coste', 'price'],
  ['Freight', 'charge'],
  ['Gastos de envío', 'charge'],
  ['Order Status', 'status'],
  ['Estado', 'status'],
  ['Cancelled?', 'status'],
  ['Document Type', 'status'],
  ['Product Type', null],
  ['Shipping Zip', null],
  ['Tax Code', null],
  ['Lineitem taxable', null],
  ['Net Weight', null],
  ['Status date', 'status'],
  ['Colour', null],
  ['Coffee', null],
])('a column "%s" looks like %s', (heading, kind) => {
  expect(kindOf(heading)).toBe(kind);
});
