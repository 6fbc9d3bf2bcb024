import { expect, test } from 'vitest';
import { FanOut, type Lane, type Pace } from './fan-out.ts';

/** A loop of its own: sending takes time, and nothing else goes on unless a test lets it. */
class FakeLoop implements Pace {
  time = 0;
  private tasks: { at: number; run: () => void }[] = [];

  now = (): number => this.time;
  soon = (run: () => void): void => void this.tasks.push({ at: this.time, run });
  after = (ms: number, run: () => void): void => void this.tasks.push({ at: this.time + ms, run });

  /** When the next flush is due. */
  get due(): number | null {
    return this.tasks.length === 0 ? null : Math.min(...this.tasks.map(({ at }) => at));
  }

  turn(): void {
    const [next] = this.tasks.sort((a, b) => a.at - b.at);
    if (!next) return;
    this.tasks = this.tasks.filter((task) => task !== next);
    this.time = Math.max(this.time, next.at);
    next.run();
  }
}

/** Packets that take `ms` to send. */
function lane(
  name: string,
  loop: FakeLoop,
  log: string[],
  { packets, ms }: { packets: number; ms: number },
): Lane {
  let left = packets;
  return {
    sendNext: () => {
      loop.time += ms;
      left -= 1;
      log.push(`${name} ${loop.time}`);
      return left > 0;
    },
  };
}

test('alone, a packet goes at once; so does the next one, when what it took has passed', () => {
  const loop = new FakeLoop();
  const fanOut = new FanOut(loop);
  const log: string[] = [];
  fanOut.want(lane('a', loop, log, { packets: 1, ms: 4 }));
  expect(loop.due).toBe(0);
  loop.turn();
  expect(log).toEqual(['a 4']);
  expect(loop.due).toBeNull();

  loop.time = 8;
  fanOut.want(lane('b', loop, log, { packets: 1, ms: 4 }));
  expect(loop.due).toBe(8);
});

test('a flush ends after 10 ms, between two packets, and leaves the loop to others for as long as it took', () => {
  const loop = new FakeLoop();
  const fanOut = new FanOut(loop);
  const log: string[] = [];
  fanOut.want(lane('a', loop, log, { packets: 5, ms: 4 }));
  loop.turn();
  expect(log).toEqual(['a 4', 'a 8', 'a 12']);
  expect(loop.due).toBe(24);
  loop.turn();
  expect(log.slice(3)).toEqual(['a 28', 'a 32']);
  expect(loop.due).toBeNull();
});

test('one packet that takes long is made up for in full, and what comes meanwhile waits for it', () => {
  const loop = new FakeLoop();
  const fanOut = new FanOut(loop);
  const log: string[] = [];
  fanOut.want(lane('a', loop, log, { packets: 1, ms: 50 }));
  loop.turn();
  loop.time = 60;
  fanOut.want(lane('b', loop, log, { packets: 1, ms: 1 }));
  expect(loop.due).toBe(100);
});

test('what is too short for a timer is made up for together', () => {
  const loop = new FakeLoop();
  const fanOut = new FanOut(loop);
  const log: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    fanOut.want(lane('a', loop, log, { packets: 1, ms: 0.4 }));
    if (i < 2) expect(loop.due).toBeCloseTo(i * 0.4);
    if (i < 2) loop.turn();
  }
  loop.turn();
  fanOut.want(lane('b', loop, log, { packets: 1, ms: 0.4 }));
  expect(loop.due).toBeCloseTo(2.4);
});

test('lanes take turns, so that one with much to send starves none', () => {
  const loop = new FakeLoop();
  const fanOut = new FanOut(loop);
  const log: string[] = [];
  fanOut.want(lane('much', loop, log, { packets: 100, ms: 4 }));
  fanOut.want(lane('little', loop, log, { packets: 1, ms: 4 }));
  loop.turn();
  expect(log).toEqual(['much 4', 'little 8', 'much 12']);
  fanOut.want(lane('later', loop, log, { packets: 1, ms: 4 }));
  loop.turn();
  expect(log.slice(3)).toEqual(['much 28', 'later 32', 'much 36']);
});

test('who stops sends all that waits without a pause', () => {
  const loop = new FakeLoop();
  const fanOut = new FanOut(loop);
  const log: string[] = [];
  fanOut.want(lane('a', loop, log, { packets: 50, ms: 4 }));
  fanOut.want(lane('b', loop, log, { packets: 2, ms: 4 }));
  fanOut.sendAll();
  expect(log).toHaveLength(52);
});
