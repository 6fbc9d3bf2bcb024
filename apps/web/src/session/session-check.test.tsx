import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionCheck } from './session-check.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = 'ana' | 'bea' | 'nobody' | 'unreachable';

/** The server's answers are given by hand: to each question, the one asked first. */
function page() {
  const asked: ((answer: Answer) => void)[] = [];
  const did: string[] = [];
  const now = { refused: true };
  const check = new SessionCheck({
    user: 'ana',
    ask: () =>
      new Promise((resolve, reject) => {
        asked.push((answer) => {
          if (answer === 'unreachable') reject(new Error('No network'));
          else resolve(answer === 'nobody' ? null : { id: answer });
        });
      }),
    refused: () => now.refused,
    connect: () => did.push('connect'),
    signIn: () => did.push('sign in'),
    startAnew: () => did.push('start anew'),
  });
  const answer = async (what: Answer): Promise<void> => {
    asked.shift()?.(what);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { asked, did, now, check, answer };
}

test('[A3] a refused handshake is tried again where its user is signed in: it was of the session before', async () => {
  const { check, answer, did } = page();
  check.look();
  await answer('ana');
  expect(did).toEqual(['connect']);
});

test('[A3] nobody goes to the sign-in before the server says that nobody is signed in', async () => {
  const { check, answer, did } = page();
  check.look();
  expect(did).toEqual([]);
  await answer('nobody');
  expect(did).toEqual(['sign in']);
});

test('[A3] what is heard while the server is asked has it asked again: the answer may be older', async () => {
  const { check, answer, did, asked } = page();
  check.look();
  check.look();
  check.look();
  await answer('nobody');
  expect(did).toEqual([]);
  await answer('ana');
  expect(did).toEqual(['connect']);
  expect(asked).toEqual([]);
});

test('[A3] a page begins anew, once, when somebody else is signed in', async () => {
  const { check, answer, did } = page();
  check.look();
  check.isOther();
  await answer('bea');
  check.look();
  expect(did).toEqual(['start anew']);
});

test('another tab that took the session for gone changes nothing while the connection stands', async () => {
  const { check, answer, did, now } = page();
  now.refused = false;
  check.look();
  await answer('ana');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(did).toEqual([]);
});

test('a server that is not reached is asked again', async () => {
  const { check, answer, did, asked } = page();
  check.look();
  await answer('unreachable');
  expect([did, asked]).toEqual([[], []]);
  await vi.advanceTimersByTimeAsync(1000);
  await answer('nobody');
  expect(did).toEqual(['sign in']);
});

test('a session that the server has and no handshake gets is tried some times, and not for ever', async () => {
  const { check, answer, did } = page();
  for (let i = 0; i < 10; i += 1) {
    check.look();
    await answer('ana');
    await vi.advanceTimersByTimeAsync(5000);
  }
  expect(did).toEqual(['connect', 'connect', 'connect']);
  check.settled();
  check.look();
  await answer('ana');
  expect(did).toHaveLength(4);
});

test('a page that is left does nothing more', async () => {
  const { check, answer, did } = page();
  check.look();
  check.stop();
  await answer('nobody');
  expect(did).toEqual([]);
});
