import { expect, test } from 'vitest';
import { FakeTimers } from '../testing/fake-timers.ts';
import { FailureDetector, IMPATIENCE_MS, PATIENCE_MS, PING_MS } from './failure-detector.ts';

function detecting() {
  const timers = new FakeTimers();
  const seen = { asked: 0, taken: 0, looked: true };
  const detector = new FailureDetector({
    timers,
    concerned: () => seen.looked,
    ask: () => {
      seen.asked += 1;
      return true;
    },
    takeTheLead: () => {
      seen.taken += 1;
    },
  });
  return { timers, seen, detector };
}

test('[R4] a leader that does not answer loses its place, and one that does keeps it', () => {
  const { timers, seen, detector } = detecting();
  detector.start();
  timers.advance(PING_MS);
  detector.answered();
  timers.advance(PING_MS);
  expect(seen).toMatchObject({ asked: 2, taken: 0 });
  timers.advance(PATIENCE_MS);
  expect(seen.taken).toBe(1);
  detector.stop();
  expect(timers.pending).toBe(0);
});

test('[R4] a tab that nobody looks at leaves the leader alone', () => {
  const { timers, seen, detector } = detecting();
  seen.looked = false;
  detector.start();
  detector.expectAnswer(IMPATIENCE_MS);
  timers.advance(10 * PING_MS);
  expect(seen).toMatchObject({ asked: 0, taken: 0 });
});

test('[R4] a tab that was not running itself asks again before it takes the lead', () => {
  const { timers, seen, detector } = detecting();
  detector.check(PATIENCE_MS);
  timers.sleep(60_000);
  timers.advance(0);
  expect(seen).toMatchObject({ asked: 2, taken: 0 });
  // So slow that its timers are always late: it must not ask for ever.
  timers.sleep(60_000);
  timers.advance(0);
  expect(seen).toMatchObject({ asked: 2, taken: 1 });
});

test('[R4] busy tabs do not take the lead from each other all the time', () => {
  const { timers, seen, detector } = detecting();
  const waits: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    detector.check(PATIENCE_MS);
    waits.push(timers.next ?? 0);
    timers.advance(timers.next ?? 0);
  }
  expect(seen.taken).toBe(6);
  expect(waits.map((ms) => ms / PATIENCE_MS)).toEqual([1, 2, 4, 8, 8, 8]);
  timers.advance(61_000);
  detector.check(PATIENCE_MS);
  expect(timers.next).toBe(PATIENCE_MS);
});
