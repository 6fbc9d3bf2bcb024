import { expect, test } from 'vitest';
import { Coalescer } from './coalesce.ts';

function reads() {
  const open: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  return {
    open,
    read: () => new Promise<number>((resolve, reject) => open.push({ resolve, reject })),
  };
}

test('whoever asks during a read gets the next one, shared by all who asked meanwhile', async () => {
  const { open, read } = reads();
  const shared = new Coalescer<number>();
  const first = shared.run('k', read);
  const late = [shared.run('k', read), shared.run('k', read), shared.run('k', read)];
  expect(open).toHaveLength(1);
  open[0]?.resolve(1);
  expect(await first).toBe(1);
  await expect.poll(() => open.length).toBe(2);
  open[1]?.resolve(2);
  expect(await Promise.all(late)).toEqual([2, 2, 2]);
});

test('a failed read fails those who shared it, and the next one is tried', async () => {
  const { open, read } = reads();
  const shared = new Coalescer<number>();
  const first = shared.run('k', read);
  const second = shared.run('k', read);
  open[0]?.reject(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await expect.poll(() => open.length).toBe(2);
  open[1]?.resolve(2);
  expect(await second).toBe(2);
});

test('keys do not wait for each other', async () => {
  const { open, read } = reads();
  const shared = new Coalescer<number>();
  void shared.run('a', read);
  void shared.run('b', read);
  expect(open).toHaveLength(2);
});
