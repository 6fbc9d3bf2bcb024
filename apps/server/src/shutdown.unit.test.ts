import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Shutdown } from './shutdown.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function stoppable() {
  const told: string[] = [];
  const shutdown = new Shutdown({
    withinMs: 10_000,
    failed: (error) => told.push(String(error)),
    exit: (code) => told.push(`exit ${code}`),
  });
  const part = (name: string, close: () => Promise<void> = async () => {}) =>
    shutdown.add(
      name,
      async () => {
        told.push(`close ${name}`);
        await close();
      },
      () => told.push(`kill ${name}`),
    );
  return { shutdown, told, part };
}

const hangs = () => new Promise<void>(() => {});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('what was opened last is closed first', async () => {
  const { shutdown, told, part } = stoppable();
  part('database');
  part('server');
  shutdown.asked('SIGTERM');
  expect(shutdown.signal.aborted).toBe(true);
  await pass(0);
  expect(told).toEqual(['close server', 'close database', 'exit 0']);
});

test('what hangs is killed in time for the rest to be closed, and the exit code tells', async () => {
  const { shutdown, told, part } = stoppable();
  part('database');
  part('server', hangs);
  shutdown.asked('SIGTERM');
  await pass(6000);
  expect(told).toEqual([
    'close server',
    'Error: server did not stop in 6.0 s',
    'kill server',
    'close database',
    'exit 1',
  ]);
});

test('a second signal ends at once and leaves nothing; the first one passed on twice does not', async () => {
  const { shutdown, told, part } = stoppable();
  part('database');
  part('server', hangs);
  shutdown.asked('SIGINT');
  await pass(100);
  shutdown.asked('SIGINT');
  expect(told).toEqual(['close server']);
  await pass(900);
  shutdown.asked('SIGINT');
  expect(told).toEqual(['close server', 'kill database', 'kill server', 'exit 130']);
});

test('what is still being opened when the signal comes is closed too', async () => {
  const { shutdown, told, part } = stoppable();
  part('start', async () => part('database'));
  shutdown.asked('SIGTERM');
  await pass(0);
  expect(told).toEqual(['close start', 'close database', 'exit 0']);
});

test('a part that fails to close does not keep the others', async () => {
  const { shutdown, told, part } = stoppable();
  part('database');
  part('server', async () => {
    throw new Error('no');
  });
  await shutdown.end(0);
  expect(told).toEqual(['close server', 'Error: no', 'kill server', 'close database', 'exit 1']);
});
