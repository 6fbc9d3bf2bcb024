import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { type HttpQueryOptions, useHttpQuery } from './use-http-query.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A server that answers when the test says so. */
function server() {
  const asked: {
    readonly what: string;
    readonly signal: AbortSignal;
    answer(text: string): void;
    fail(): void;
  }[] = [];
  const load = (what: string) => (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      asked.push({ what, signal, answer: resolve, fail: () => reject(new Error(`No ${what}`)) });
    });
  const last = () => {
    const request = asked.at(-1);
    if (!request) throw new Error('Nothing was asked');
    return request;
  };
  return { asked, load, last };
}

interface Props extends HttpQueryOptions {
  readonly what: string;
}

function ask(first: Props) {
  const { asked, load, last } = server();
  const { result, rerender, unmount } = renderHook(
    ({ what, ...options }: Props) => useHttpQuery(what, load(what), options),
    { initialProps: first },
  );
  const answer = (text: string) => act(async () => last().answer(text));
  const fail = () => act(async () => last().fail());
  return { asked, last, answer, fail, result, rerender, unmount };
}

test('what was loaded is asked for again when the window comes back to the front', async () => {
  const { asked, answer, result } = ask({ what: 'keys', onFront: true });
  await answer('one');
  expect(result.current.value).toBe('one');
  act(() => void window.dispatchEvent(new Event('focus')));
  expect(asked).toHaveLength(2);
  expect(result.current.value).toBe('one');
  await answer('two');
  expect(result.current.value).toBe('two');
});

test('an answer shows only for what it was asked for, and one that was overtaken never', async () => {
  const { asked, answer, result, rerender } = ask({ what: 'rice' });
  await answer('rice');
  rerender({ what: 'oil' });
  expect(result.current.value).toBeNull();
  const [, oil] = asked;
  rerender({ what: 'salt' });
  expect(oil?.signal.aborted).toBe(true);
  await answer('salt');
  await act(async () => oil?.answer('oil'));
  expect(result.current.value).toBe('salt');
});

test('asked again, it shows what it has until the answer comes, and keeps it when none does', async () => {
  const { answer, fail, result, rerender } = ask({ what: 'rice', again: 1 });
  await answer('ten');
  rerender({ what: 'rice', again: 2 });
  expect(result.current.value).toBe('ten');
  await fail();
  expect(result.current).toMatchObject({ value: 'ten', error: new Error('No rice') });
  act(() => result.current.reload());
  await answer('nine');
  expect(result.current).toMatchObject({ value: 'nine', error: null });
});

test('nothing is asked while it is off, and a request ends with what asked', async () => {
  const { asked, last, rerender, unmount } = ask({ what: 'rice', on: false });
  expect(asked).toEqual([]);
  rerender({ what: 'rice', on: true });
  expect(asked).toHaveLength(1);
  unmount();
  expect(last().signal.aborted).toBe(true);
});

test('of what is typed only what typing pauses at is asked', () => {
  vi.useFakeTimers();
  const { asked, rerender } = ask({ what: 'r', pauseMs: 250 });
  act(() => void vi.advanceTimersByTime(200));
  rerender({ what: 'ri', pauseMs: 250 });
  act(() => void vi.advanceTimersByTime(200));
  expect(asked).toEqual([]);
  act(() => void vi.advanceTimersByTime(50));
  expect(asked.map(({ what }) => what)).toEqual(['ri']);
});

test('an answer gets no older than it may, while somebody looks', async () => {
  vi.useFakeTimers();
  const { asked } = ask({ what: 'imports', everyMs: 5000 });
  const pass = () => act(() => vi.advanceTimersByTimeAsync(5000));
  await pass();
  await pass();
  expect(asked).toHaveLength(3);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await pass();
  expect(asked).toHaveLength(3);
  vi.restoreAllMocks();
});
