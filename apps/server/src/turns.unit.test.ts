import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('who asks for much at once waits for their own turns, and the next one to come does not', async () => {
  const turns = new Turns({ atOnce: 1, perKey: 1, waiting: 10 });
  const order: string[] = [];
  const work = (name: string) => async () => {
    await Promise.resolve();
    order.push(name);
  };
  await Promise.all([
    ...['a1', 'a2', 'a3'].map((name) => turns.run('a', work(name))),
    turns.run('b', work('b1')),
    turns.run('c', work('c1')),
  ]);
  expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
});

test('no more run at once than may, in all and for one key; one that fails gives its place back', async () => {
  const turns = new Turns({ atOnce: 3, perKey: 2, waiting: 100 });
  const running = new Map<string, number>();
  let most = 0;
  const work = (key: string, i: number) => async () => {
    running.set(key, (running.get(key) ?? 0) + 1);
    most = Math.max(
      most,
      [...running.values()].reduce((sum, n) => sum + n, 0),
    );
    expect(running.get(key)).toBeLessThanOrEqual(2);
    await new Promise((resolve) => setImmediate(resolve));
    running.set(key, (running.get(key) ?? 0) - 1);
    if (i % 3 === 0) throw new Error('It went wrong.');
  };
  const all = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) => turns.run(`key ${i % 4}`, work(`key ${i % 4}`, i))),
  );
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(20);
  expect(most).toBe(3);
});

test('where too much of one key waits, one more is told to come back', async () => {
  const turns = new Turns({ atOnce: 1, perKey: 1, waiting: 1 });
  let release = () => {};
  const first = turns.run('a', () => new Promise<void>((resolve) => (release = resolve)));
  const second = turns.run('a', async () => {});
  await expect(turns.run('a', async () => {})).rejects.toMatchObject({ code: 'rate_limited' });
  const other = turns.run('b', async () => {});
  release();
  await Promise.all([first, second, other]);
});
