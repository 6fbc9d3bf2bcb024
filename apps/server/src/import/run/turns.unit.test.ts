import { expect, test } from 'vitest';
import { type Turn, Turns } from './turns.ts';

async function begun(turns: readonly Turn[]): Promise<boolean[]> {
  const seen = turns.map(() => false);
  turns.forEach((turn, i) => {
    void turn.begun.then((isIt) => {
      seen[i] = isIt;
    });
  });
  // Everything that is settled has been told.
  await new Promise((resolve) => setImmediate(resolve));
  return seen;
}

test('three are at work, of one user two; who comes next is whose turn it is', async () => {
  const turns = new Turns();
  const [a1, a2, a3] = [turns.take('ana'), turns.take('ana'), turns.take('ana')];
  const [b1, b2] = [turns.take('ben'), turns.take('ben')];
  const all = [a1, a2, a3, b1, b2];
  expect(await begun(all)).toEqual([true, true, false, true, false]);
  a1.end();
  expect(await begun(all)).toEqual([true, true, true, true, false]);
  a1.end();
  b2.end();
  expect(await begun(all)).toEqual([true, true, true, true, false]);
  const b3 = turns.take('ben');
  a2.end();
  expect(await begun([b3])).toEqual([true]);
});

test('two processes rest, and the one that rests longest goes', () => {
  const turns = new Turns();
  const ended: number[] = [];
  const processes = [0, 1, 2, 3].map((n) => ({ end: () => ended.push(n) }));
  for (const one of processes.slice(0, 2)) turns.rests(one);
  turns.stirs(processes[0] ?? { end: () => {} });
  turns.rests(processes[2] ?? { end: () => {} });
  expect(ended).toEqual([]);
  turns.rests(processes[3] ?? { end: () => {} });
  expect(ended).toEqual([1]);
});
