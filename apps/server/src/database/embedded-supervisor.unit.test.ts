import { spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EmbeddedPostgresError } from './embedded-error.ts';
import type { Run } from './embedded-launch.ts';
import { Supervisor } from './embedded-supervisor.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'performance'] }),
);
afterEach(() => void vi.useRealTimers());

/** A run that a test ends. */
function aRun(): Run & { end(): void } {
  const child = spawn('true');
  let end = () => {};
  const ended = new Promise<number | null>((resolve) => {
    end = () => resolve(1);
  });
  return { child, ended, end, output: () => 'LOG: its last words' };
}

function supervised(start: () => Promise<Run>) {
  const told: string[] = [];
  const first = aRun();
  const state = { isUsable: true, killed: 0 };
  const supervisor = new Supervisor(first, {
    start,
    stop: async () => {},
    kill: () => {
      state.killed += 1;
    },
    isUsable: async () => state.isUsable,
    pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    tell: ({ text }) => told.push(text),
    gaveUp: ({ message }) => told.push(message),
    patienceMs: 10_000,
  });
  return { first, supervisor, told, state };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('one that ends is started again at once; one that cannot be is given up, with what it said', async () => {
  const second = aRun();
  const starts = [() => Promise.resolve(second), () => Promise.reject(new EmbeddedPostgresError('no space'))];
  const tries: number[] = [];
  const began = performance.now();
  const { first, told } = supervised(() => {
    tries.push(performance.now() - began);
    return (starts.length > 1 ? starts.shift() : starts[0])?.() ?? Promise.reject(new Error());
  });
  first.end();
  await pass(0);
  expect(told).toEqual([
    expect.stringMatching(/ended by itself .*last words/),
    expect.stringMatching(/runs again/),
  ]);
  second.end();
  await pass(20_000);
  expect(tries).toEqual([0, 500, 1500, 3500, 7500, 15_500]);
  expect(told.at(-1)).toMatch(/could not be started again within 10 s. Its last lines:\nno space/);
});

test('one that is stopped is not started again', async () => {
  const { first, supervisor, told } = supervised(() => Promise.reject(new Error('started')));
  const stopped = supervisor.stop(1000);
  first.end();
  await stopped;
  await pass(60_000);
  expect(told).toEqual([]);
});

test('one that lets nobody in for five minutes is killed', async () => {
  const { state } = supervised(async () => aRun());
  await pass(600_000);
  expect(state.killed).toBe(0);
  state.isUsable = false;
  await pass(240_000);
  state.isUsable = true;
  await pass(30_000);
  state.isUsable = false;
  await pass(270_000);
  expect(state.killed).toBe(0);
  await pass(60_000);
  expect(state.killed).toBeGreaterThan(0);
});
