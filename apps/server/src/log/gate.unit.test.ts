import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeClock } from '../fake-clock.ts';
import { Gate } from './gate.ts';

const event = (seq: number) => ({ seq });
const events = (...seqs: number[]) => seqs.map(event);

function setup(head: number, log: { head: number } = { head: 0 }) {
  const clock = new FakeClock();
  const published: number[] = [];
  const reads: number[] = [];
  const gate = new Gate<{ seq: number }>({
    clock,
    readSize: 4,
    read: async (after) => {
      reads.push(after);
      return Array.from({ length: Math.min(4, Math.max(0, log.head - after)) }, (_, i) =>
        event(after + 1 + i),
      );
    },
    publish: (passed) => published.push(...passed.map(({ seq }) => seq)),
    failed: (error) => {
      throw error;
    },
  });
  gate.open(head);
  return { gate, clock, published, reads };
}

test('[L1] two commits whose callbacks run in the other order are published in sequence order', () => {
  const { gate, published, clock } = setup(5);
  gate.accept(events(7));
  expect(published).toEqual([]);
  gate.accept(events(6));
  expect(published).toEqual([6, 7]);
  expect(clock.pending).toBe(0);
});

test('[L2] what was published is dropped when it comes again', () => {
  const { gate, published } = setup(5);
  gate.accept(events(4, 5, 6));
  gate.accept(events(6, 5, 7));
  expect(published).toEqual([6, 7]);
});

test('[L2] a hole that stays for 20 ms is filled from the log', async () => {
  const { gate, published, clock, reads } = setup(5, { head: 8 });
  gate.accept(events(8));
  clock.advance(19);
  expect(reads).toEqual([]);
  clock.advance(1);
  await expect.poll(() => published).toEqual([6, 7, 8]);
  expect(reads).toEqual([5]);
});

test('a gate that is far behind reads until it has caught up', async () => {
  const { gate, published, reads } = setup(0, { head: 10 });
  gate.hint(10);
  await expect.poll(() => published).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(reads).toEqual([0, 4, 8]);
  gate.hint(10);
  expect(reads).toHaveLength(3);
});

test('[L2] a commit of more events than are held behind a hole is published whole', () => {
  const { gate, published } = setup(0);
  gate.accept(events(...Array.from({ length: 2500 }, (_, i) => i + 1)));
  expect(published).toEqual(Array.from({ length: 2500 }, (_, i) => i + 1));
});

test('what comes before the gate is open is held for it', () => {
  const published: number[] = [];
  const gate = new Gate<{ seq: number }>({
    clock: new FakeClock(),
    readSize: 4,
    read: async () => [],
    publish: (passed) => published.push(...passed.map(({ seq }) => seq)),
    failed: () => {},
  });
  gate.accept(events(3, 4, 5));
  expect(published).toEqual([]);
  gate.open(3);
  expect(published).toEqual([4, 5]);
});

test('a closed gate publishes nothing and leaves no timer', () => {
  const { gate, published, clock } = setup(5);
  gate.accept(events(9));
  gate.close();
  gate.accept(events(6));
  expect(published).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('[L1][L2] in whatever order and however often events come, each is published once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 80 }), async (arrivals) => {
      const { gate, published, clock } = setup(0, { head: 30 });
      for (const [i, seq] of arrivals.entries()) {
        gate.accept(events(seq));
        if (i % 5 === 0) clock.advance(20);
        if (i % 7 === 0) await Promise.resolve();
      }
      gate.hint(30);
      await expect.poll(() => published.length).toBe(30);
      expect(published).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    }),
    { numRuns: 50 },
  );
});
