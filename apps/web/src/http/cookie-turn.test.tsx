import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inCookieTurn } from './cookie-turn.ts';

interface Waiting {
  readonly mode: string;
  readonly signal: AbortSignal;
  grant(): Promise<unknown>;
}

/** Locks that are granted by hand. */
function locks() {
  const waiting: Waiting[] = [];
  const request = (
    _name: string,
    { mode, signal }: { mode: string; signal: AbortSignal },
    held: () => Promise<unknown>,
  ) =>
    new Promise((resolve, reject) => {
      const grant = (): Promise<unknown> => {
        const done = held();
        done.then(resolve, reject);
        return done.catch(() => {});
      };
      signal.addEventListener('abort', () => reject(signal.reason));
      waiting.push({ mode, signal, grant });
    });
  vi.stubGlobal('navigator', { locks: { request } });
  return waiting;
}

beforeEach(() => void vi.restoreAllMocks());
afterEach(() => void vi.unstubAllGlobals());

test('[A3] a sign-in goes out alone, and looks at the session beside each other', async () => {
  const waiting = locks();
  const said: string[] = [];
  const ask = (what: string) => () => {
    said.push(what);
    return Promise.resolve(what);
  };
  const asked = [inCookieTurn('look', ask('look')), inCookieTurn('change', ask('sign in'))];
  expect(said).toEqual([]);
  expect(waiting.map(({ mode }) => mode)).toEqual(['shared', 'exclusive']);
  for (const one of waiting) await one.grant();
  expect(await Promise.all(asked)).toEqual(['look', 'sign in']);
});

test('a turn that does not come is not waited for, and nothing is asked twice', async () => {
  const abort = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(abort.signal);
  locks();
  const ask = vi.fn(() => Promise.resolve('here'));
  const asked = inCookieTurn('change', ask);
  abort.abort();
  expect(await asked).toBe('here');
  expect(ask).toHaveBeenCalledOnce();
});

test('a refusal is what comes of it, once', async () => {
  const [ask, waiting] = [vi.fn(() => Promise.reject(new Error('wrong password'))), locks()];
  const asked = inCookieTurn('change', ask);
  const refused = expect(asked).rejects.toThrow('wrong password');
  await waiting[0]?.grant();
  await refused;
  expect(ask).toHaveBeenCalledOnce();
});

test('where there are no locks it is asked at once', async () => {
  vi.stubGlobal('navigator', {});
  expect(await inCookieTurn('look', () => Promise.resolve(7))).toBe(7);
});
