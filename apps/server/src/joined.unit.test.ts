import { expect, test } from 'vitest';
import { Joined } from './joined.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function rounds(limits = { atOnce: 1, questions: 3 }) {
  const asked: string[][] = [];
  const open: { resolve: (answers: Map<string, number>) => void; reject: (error: Error) => void }[] = [];
  const joined = new Joined<number>(limits, (questions) => {
    asked.push(questions);
    return new Promise((resolve, reject) => open.push({ resolve, reject }));
  });
  return { joined, asked, open };
}

test('questions of one turn are asked together, and each gets its own answer', async () => {
  const { joined, asked, open } = rounds();
  const answers = Promise.all(['a', 'b', 'a'].map((question) => joined.answer(question)));
  await turn();
  expect(asked).toEqual([['a', 'b']]);
  open[0]?.resolve(new Map([['a', 1]]));
  expect(await answers).toEqual([1, undefined, 1]);
});

test('a question that comes while others are under way is asked after them, the same one too', async () => {
  const { joined, asked, open } = rounds();
  const first = joined.answer('a');
  await turn();
  const second = joined.answer('a');
  await turn();
  expect(asked).toEqual([['a']]);
  open[0]?.resolve(new Map([['a', 1]]));
  expect(await first).toBe(1);
  await expect.poll(() => asked).toEqual([['a'], ['a']]);
  open[1]?.resolve(new Map([['a', 2]]));
  expect(await second).toBe(2);
});

test('a round has so many questions at most; more are the next round’s', async () => {
  const { joined, asked, open } = rounds({ atOnce: 2, questions: 3 });
  const answers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((question) => joined.answer(question));
  await expect
    .poll(() => asked)
    .toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
  for (const { resolve } of open) resolve(new Map());
  await expect.poll(() => asked.at(-1)).toEqual(['g']);
  open[2]?.resolve(new Map());
  await Promise.all(answers);
});

test('a round that fails fails those who are in it, and the next one is asked', async () => {
  const { joined, asked, open } = rounds();
  const first = joined.answer('a');
  await turn();
  const second = joined.answer('b');
  open[0]?.reject(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await expect.poll(() => asked.length).toBe(2);
  open[1]?.resolve(new Map([['b', 2]]));
  expect(await second).toBe(2);
});
