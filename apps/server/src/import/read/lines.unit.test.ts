import { expect, test } from 'vitest';
import { reasonText } from '../report/reasons.ts';
import { inAnotherDialect, optionsOf, salesFile, sampleFile } from '../testing/sales-file.ts';
import { ImportError } from './import-error.ts';
import { readSales } from './lines.ts';

const HEADER = 'InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country';
const read = (lines: string[], options = {}) => readSales([HEADER, ...lines].join('\n'), optionsOf(options));
const GOOD = '1;A1;Tea;2;13/1/2024 10:00;1,5;7;Spain';

test.each([
  ['Invoice,Product code,Qty,Date,Unit price', ','],
  ['fecha|Ref.|n.º de factura|Uds.|P.V.P.', '|'],
  ['PRECIO\tCANTIDAD\tCÓDIGO DE PRODUCTO\tPedido\tFecha y hora', '\t'],
  ['"Unit Price";"Order ID";"SKU";"Units";"order_date"', ';'],
])('headings %s are understood, in any order', (header, delimiter) => {
  expect(readSales(`${header}\n`, optionsOf())).toMatchObject({ delimiter, total: 0 });
});

test('a product’s code goes before its name, and a column has one meaning', () => {
  const { headings } = readSales('Invoice;Product;SKU;Qty;Date;Price;Customer\n', optionsOf());
  expect(headings.map(({ meaning }) => meaning)).toEqual([
    'document number',
    'description',
    'product code',
    'quantity',
    'date',
    'unit price',
    'customer',
  ]);
});

test('a file without a required column is refused with what it has', () => {
  const refused = () => readSales('Invoice;SKU;Qty;When;Price\n1;A1;2;1/1/2024;3', optionsOf());
  expect(refused).toThrow(ImportError);
  expect(refused).toThrow(
    /no column for: date \(as "InvoiceDate" or "Fecha"\).*"Invoice", "SKU", "Qty", "When", "Price"/,
  );
});

test('blanks, quotes, line ends of all kinds, empty lines and a separator line are no trouble; lines keep their numbers', () => {
  const text = `sep=;\r\n${HEADER}\r\n 1 ; A1 ;"Say ""tea"", or; ";2;13/1/2024;1,5;;\r\n\r\n;;;;;;;\n2;A2;"two\r\nlines";1;13/1/2024;1;7;\n3;A3;x;1;13/1/2024;1;7;Spain`;
  const { lines, bad } = readSales(text, optionsOf());
  expect(bad).toEqual([]);
  expect(
    lines.map(({ line, document, code, description, customer, country }) => [
      line,
      document,
      code,
      description,
      customer,
      country,
    ]),
  ).toEqual([
    [3, '1', 'A1', 'Say "tea", or;', null, null],
    [6, '2', 'A2', 'two lines', '7', null],
    [8, '3', 'A3', 'x', '7', 'Spain'],
  ]);
});

test('a quote that is not closed would swallow lines: the file is refused, with the line', () => {
  expect(() => read([GOOD, '1;A1;"Tea;2;13/1/2024;1;7;Spain', GOOD])).toThrow(
    /opened on line 3 .* never closed/,
  );
  expect(() =>
    read([GOOD, '1;A1;"Tea;2;13/1/2024;1;7;Spain', '1;A1;"Tea";2;13/1/2024;1;7;Spain', GOOD]),
  ).toThrow(/opened on line 3 .* not closed before line 4/);
});

test.each([
  [';A1;Tea;2;13/1/2024;1;7;', 'no document number'],
  ['1;;Tea;2;13/1/2024;1;7;', 'no product code'],
  ['1;A1;Tea;;13/1/2024;1;7;', 'no quantity'],
  ['1;A1;Tea;2;;1;7;', 'no date'],
  ['1;A1;Tea;2;13/1/2024;;7;', 'no unit price'],
  ['1;A1;Tea;0;13/1/2024;1;7;', 'quantity is 0'],
  ['1;A1;Tea;two;13/1/2024;1;7;', '"two" is no number'],
  ['1;A1;Tea;1,5;13/1/2024;1;7;', '"1,5" is no whole number'],
  ['1;A1;Tea;2000000;13/1/2024;1;7;', 'beyond 1000000'],
  ['1;A1;Tea;2;13/13/2024;1;7;', '"13/13/2024" is none'],
  ['1;A1;Tea;2;13/1/2024;-1;7;', 'negative'],
  ['1;A1;Tea;2;13/1/2024;free;7;', '"free" is no number'],
  [`1;${'A'.repeat(65)};Tea;2;13/1/2024;1;7;`, 'longer than 64'],
  ['1;A1;Tea;2;13/1/2024;1;7;Spain;more', '9 fields where the first line has 8'],
  ['1;A1;Tea', 'no quantity'],
])('line %s is bad: %s', (line, reason) => {
  const { lines, bad } = read([GOOD, line]);
  expect(lines).toHaveLength(1);
  expect(bad.map((one) => [one.line, one.document, reasonText(one.why)])).toEqual([
    [3, line.split(';')[0] || null, expect.stringContaining(reason)],
  ]);
});

test('a bad line keeps its place in its document, so that it can be corrected later', () => {
  const { lines } = read([
    GOOD,
    '1;A2;Tea;?;13/1/2024;1;7;',
    '1;A3;Tea;2;13/1/2024;1;7;',
    '2;A3;Tea;2;13/1/2024;1;7;',
  ]);
  expect(lines.map(({ document, position }) => [document, position])).toEqual([
    ['1', 1],
    ['1', 3],
    ['2', 1],
  ]);
});

test('numbers that a spreadsheet has given decimals, and signs that no database takes, are put right', () => {
  const [line] = read(['1;22;Tea\u0000 \ud800;2;13/1/2024;1;17850.0;Spain']).lines;
  expect(line).toMatchObject({ code: '22', description: 'Tea \ufffd'.replace(' ', '  '), customer: '17850' });
});

test('what a file says goes before what is found in it', () => {
  const text = `${HEADER}\n1;A1;Tea;2;1/2/2024;1.234;7;Spain`;
  expect(readSales(text, optionsOf()).lines[0]).toMatchObject({
    moment: '2024-02-01T00:00:00',
    amount: 123_400,
  });
  expect(readSales(text, optionsOf({ dateOrder: 'mdy', decimal: '.' })).lines[0]).toMatchObject({
    moment: '2024-01-02T00:00:00',
    amount: 123,
    rounded: true,
  });
});

test.each([salesFile(), sampleFile()])(
  '$name is read whole, and in another dialect it says the same',
  ({ bytes, lines }) => {
    const original = readSales(bytes, optionsOf());
    const variant = readSales(inAnotherDialect(bytes), optionsOf());

    expect(original).toMatchObject({ total: lines, bad: [], delimiter: ';', decimal: { mark: ',' } });
    expect(original.dateOrder.order).toBe('dmy');
    expect(variant).toMatchObject({ total: lines, bad: [], delimiter: ',', decimal: { mark: '.' } });
    expect(variant.dateOrder.order).toBe('mdy');
    expect(variant.lines).toEqual(original.lines);
  },
  60_000,
);

test('letters that nobody sees are no code and no customer, and none turns those after it round', () => {
  const { lines, bad } = read([
    '1;\u200b;Tea;2;13/1/2024 10:00;1,5;7;Spain',
    '2;\u200bA1\u2060;Tea\u202e;2;13/1/2024 10:00;1,5;\u3164;Spain',
  ]);
  expect(bad).toMatchObject([{ line: 2, why: { code: 'empty', field: 'code' } }]);
  expect(lines).toMatchObject([{ code: 'A1', description: 'Tea', customer: null }]);
});
