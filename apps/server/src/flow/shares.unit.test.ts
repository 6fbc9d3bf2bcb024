import { expect, test } from 'vitest';
import { Shares } from './shares.ts';

/** Whether it has begun within this turn of the event loop. */
async function begins(asked: Promise<unknown>): Promise<boolean> {
  return Promise.race([asked.then(() => true), new Promise<false>((no) => setImmediate(no, false))]);
}

test('[F1] who has not read what was made is made nothing more, and others are; reading it lets the next one begin', async () => {
  const shares = new Shares();
  const first = await shares.begin('a', 'read');
  const read = first.made(17_000_000);
  const next = shares.begin('a', 'read');
  expect(await begins(next)).toBe(false);
  expect(await begins(shares.begin('b', 'read'))).toBe(true);
  read();
  expect(await begins(next)).toBe(true);
});

test('[F1] what many answers share is held once', async () => {
  const shares = new Shares();
  const snapshot = { bytes: new Uint8Array(10_000_000) };
  const reads: (() => void)[] = [];
  for (let i = 0; i < 50; i += 1) reads.push((await shares.begin('a', 'read')).made(100, [snapshot]));
  const other = (await shares.begin('a', 'read')).made(0, [{ bytes: new Uint8Array(10_000_000) }]);
  const next = shares.begin('a', 'read');
  expect(await begins(next)).toBe(false);
  for (const read of reads.slice(1)) read();
  expect(await begins(next)).toBe(false);
  reads[0]?.();
  expect(await begins(next)).toBe(true);
  other();
});

test('[F1] few answers of one user are made at once; one that is given up counts no longer', async () => {
  const shares = new Shares();
  const making = await Promise.all([1, 2, 3].map(() => shares.begin('a', 'read')));
  const next = shares.begin('a', 'read');
  expect(await begins(next)).toBe(false);
  expect(await begins(shares.begin('a', 'command'))).toBe(true);
  making[0]?.dropped();
  making[0]?.dropped();
  expect(await begins(next)).toBe(true);
  expect(await begins(shares.begin('a', 'read'))).toBe(false);
});

test('[F1] requests that wait are bounded by their size', () => {
  const shares = new Shares();
  const answered = shares.ask('a', 20_000_000);
  expect(() => shares.ask('a', 1)).toThrow();
  shares.ask('b', 1)();
  answered();
  shares.ask('a', 1)();
});
