import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Doubt, IMPATIENCE_MS, PATIENCE_MS, PING_MS } from './doubt.ts';

function doubting() {
  const clock = new FakeClock();
  const seen = { asked: 0, taken: 0, looked: true };
  const doubt = new Doubt({
    clock,
    concerned: () => seen.looked,
    ask: () => {
      seen.asked += 1;
      return true;
    },
    takeTheLead: () => {
      seen.taken += 1;
    },
  });
  return { clock, seen, doubt };
}

test('[R4] a leader that does not answer loses its place, and one that does keeps it', () => {
  const { clock, seen, doubt } = doubting();
  doubt.start();
  clock.advance(PING_MS);
  doubt.end();
  clock.advance(PING_MS);
  expect(seen).toMatchObject({ asked: 2, taken: 0 });
  clock.advance(PATIENCE_MS);
  expect(seen.taken).toBe(1);
  doubt.stop();
  expect(clock.pending).toBe(0);
});

test('[R4] a tab that nobody looks at leaves the leader alone', () => {
  const { clock, seen, doubt } = doubting();
  seen.looked = false;
  doubt.start();
  doubt.begin(IMPATIENCE_MS);
  clock.advance(10 * PING_MS);
  expect(seen).toMatchObject({ asked: 0, taken: 0 });
});

test('[R4] a tab that was not running itself asks again before it takes the lead', () => {
  const { clock, seen, doubt } = doubting();
  doubt.look(PATIENCE_MS);
  clock.sleep(60_000);
  clock.advance(0);
  expect(seen).toMatchObject({ asked: 2, taken: 0 });
  // So slow that its timers are always late: it must not ask for ever.
  clock.sleep(60_000);
  clock.advance(0);
  expect(seen).toMatchObject({ asked: 2, taken: 1 });
});

test('[R4] busy tabs do not take the lead from each other all the time', () => {
  const { clock, seen, doubt } = doubting();
  const waits: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    doubt.look(PATIENCE_MS);
    waits.push(clock.next ?? 0);
    clock.advance(clock.next ?? 0);
  }
  expect(seen.taken).toBe(6);
  expect(waits.map((ms) => ms / PATIENCE_MS)).toEqual([1, 2, 4, 8, 8, 8]);
  clock.advance(61_000);
  doubt.look(PATIENCE_MS);
  expect(clock.next).toBe(PATIENCE_MS);
});
