import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, test } from 'vitest';
import { harmless, safeCsv } from './csv.ts';

test.each([
  ['x;=1+1;y', "x;'=1+1;y"],
  ['x,@SUM(A1)', "x,'@SUM(A1)"],
  ['a|-2|+3', "a|'-2|'+3"],
  ['a\t=1', "a\t'=1"],
  ['two\n=lines', "two\n'=lines"],
  ['x; \u200b"=1"', 'x; \u200b"\'=1"'],
  ['x;＝1', "x;'＝1"],
  ['=1', "'=1"],
  [' =1', " '=1"],
  ['\tplain', "'\tplain"],
  ['A-1; B+2, c@d = e', 'A-1; B+2, c@d = e'],
  ["x;'=1", "x;'=1"],
])('[X1] %j is written as %j', (text, expected) => {
  expect(harmless(text)).toBe(expected);
});

/** As Excel reads a file: a quote counts only where a cell begins, and what follows the closing one is text again. */
function cellsOf(file: string, separator: string): string[] {
  const cells: string[] = [];
  let [cell, quoted, begins] = ['', false, true];
  for (let i = 0; i < file.length; i += 1) {
    const letter = file[i] ?? '';
    if (quoted && letter === '"' && file[i + 1] === '"') [cell, i] = [`${cell}"`, i + 1];
    else if (quoted && letter === '"') quoted = false;
    else if (quoted) cell += letter;
    else if (letter === separator || letter === '\n' || letter === '\r') {
      cells.push(cell);
      [cell, begins] = ['', true];
      continue;
    } else if (letter === '"' && begins) quoted = true;
    else cell += letter;
    begins = false;
  }
  return [...cells, cell];
}

test('[X1] whatever texts hold and whatever separates, no cell of a file begins with a formula', () => {
  const parts = ['x', ';', ',', '|', '\t', '\n', '\r\n', '"', '=1+1', '+2', '-3', '@A', '＝4', ' ', "'", 'é'];
  let seed = Number(process.env.SEED ?? 7);
  const next = (n: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  for (let round = 0; round < 300; round += 1) {
    const text = (): string => Array.from({ length: 1 + next(9) }, () => parts[next(parts.length)]).join('');
    const rows = Array.from({ length: 4 }, () => [text(), text(), -1 - next(9), text()]);
    const file = stringify(rows, safeCsv(['first', 'second', 'number', 'last']));
    const whole = parse(file, { bom: true, from: 2 });
    expect(whole.map((row) => row[2])).toEqual(rows.map((row) => String(row[2])));
    for (const separator of [',', ';', '\t', '|'])
      for (const cell of cellsOf(file.slice(1), separator))
        if (!/^-\d$/.test(cell))
          expect(cell.trimStart(), JSON.stringify({ rows, separator })).not.toMatch(/^[=+\-@＝]/);
  }
});
