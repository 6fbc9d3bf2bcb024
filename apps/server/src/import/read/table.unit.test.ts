import { expect, test } from 'vitest';
import { LONGEST_LINE, MOST_COLUMNS, readTable } from './table.ts';

const HEAD = 'Invoice,Code,Quantity,Date,Price\n';
const trouble = (text: string): unknown => {
  try {
    readTable(text);
    return null;
  } catch (error) {
    return error instanceof Error && 'trouble' in error ? error.trouble : error;
  }
};

test.each([
  [
    'a line of commas',
    `${HEAD}${','.repeat(LONGEST_LINE + 1)}`,
    { code: 'long_line', line: 2, most: LONGEST_LINE },
  ],
  ['a first line of commas', ','.repeat(20_000), { code: 'many_columns', line: 1, most: 16_384 }],
  [
    'a line of cells',
    `${HEAD}1,2,3,4,5\n${'1,'.repeat(20_000)}`,
    { code: 'many_columns', line: 3, most: 16_384 },
  ],
  [
    'a long cell',
    `sep=,\n${HEAD}${'a'.repeat(LONGEST_LINE + 1)}`,
    { code: 'long_line', line: 3, most: LONGEST_LINE },
  ],
  [
    'many headings',
    `${'h,'.repeat(MOST_COLUMNS + 1)}\n1,2`,
    { code: 'many_columns', line: 1, most: MOST_COLUMNS },
  ],
  [
    'a quote that never ends',
    `${HEAD}1,2,3,4,5\n\n1,"a,b\n${'c\n'.repeat(5)}`,
    { code: 'open_quote', line: 4 },
  ],
  ['one in a large file', `${HEAD}1,"${'line\n'.repeat(LONGEST_LINE)}`, { code: 'open_quote', line: 2 }],
])('[F1] %s is refused with its line, before anything is made of it', (_, text, expected) => {
  expect(trouble(text)).toEqual(expected);
});

test('empty cells at the end of lines are none, and columns that have a name or hold anything are', () => {
  const wide = ','.repeat(5_000);
  const table = readTable(`a,b,,${wide}\n1,2,,${wide}\n,,,${wide}\n\n1,,3,${wide}\n,2\n`);
  expect(table.headings).toEqual(['a', 'b', '']);
  expect(table.rows).toMatchObject([
    { line: 2, cells: ['1', '2'] },
    { line: 5, cells: ['1', '', '3'] },
    { line: 6, cells: ['', '2'] },
  ]);
});

test('long texts, in quotes and over many lines, are read as they are', () => {
  const text = `one ${'é'.repeat(300_000)}\ntwo`;
  const { rows } = readTable(`a;b\n1;"${text}"\n2;x\n`);
  expect(rows).toMatchObject([{ line: 2, lastLine: 3 }, { line: 4 }]);
  expect(rows[0]?.cells[1]).toHaveLength(text.length);
});
