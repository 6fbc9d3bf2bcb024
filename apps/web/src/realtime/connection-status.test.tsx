import type { ConnectionState } from '@almenara/client';
import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { FakeClient } from '../testing/fake-client.ts';
import { ConnectionStatus } from './connection-status.tsx';
import { GRACE_MS } from './use-grace.ts';
import { WebSocketProvider } from './websocket-provider.tsx';

beforeEach(async () => {
  await startI18n('en');
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function draw(client: FakeClient) {
  const signIn = vi.fn();
  render(
    <WebSocketProvider client={client}>
      <ConnectionStatus onSignIn={signIn} />
    </WebSocketProvider>,
  );
  return signIn;
}
const online = { kind: 'online', attempt: 0, since: 0, renewed: false, reconnectAt: null } as const;
const connecting = { kind: 'connecting', reason: 'retry', attempt: 1, deadlineAt: 0 } as const;
const offline = (nextRetryAt: number | null) =>
  ({ kind: 'offline', reason: 'network', attempt: 1, nextRetryAt }) as const;
const graceOver = () => act(() => vi.advanceTimersByTime(GRACE_MS));
const shows = () => document.querySelector('[data-connection]')?.getAttribute('data-connection');
const said = () => screen.getByRole('status').textContent;

test('offline tells why, counts down to the next try and offers one now', async () => {
  const client = new FakeClient();
  draw(client);
  act(() => client.connection.set(offline(Date.now() + 5000 + GRACE_MS)));
  graceOver();
  expect(screen.getByText('Offline')).toBeTruthy();
  expect(screen.getByText('no connection to the server')).toBeTruthy();
  expect(screen.getByText('next try in 5 s')).toBeTruthy();
  act(() => vi.advanceTimersByTime(2000));
  expect(screen.getByText('next try in 3 s')).toBeTruthy();
  vi.useRealTimers();
  await userEvent.click(screen.getByRole('button', { name: 'Retry now' }));
  expect(client.calls).toContain('retryNow');
});

test('[R5] what passes by itself in a moment is never called a loss', () => {
  const client = new FakeClient();
  draw(client);
  const passed = new Set<string | null | undefined>();
  const go = (state: ConnectionState): void => {
    act(() => client.connection.set(state));
    passed.add(shows());
  };
  go(connecting);
  go({ ...online, kind: 'resuming' });
  go(online);
  // Another tab takes over the connection, three times within a short while.
  for (let i = 0; i < 3; i += 1) {
    go(offline(Date.now() + 500));
    act(() => vi.advanceTimersByTime(GRACE_MS - 1));
    passed.add(shows());
    go(connecting);
    go(online);
  }
  // The session has ended, and the page finds that there is a newer one.
  go({ kind: 'needs_auth', reason: 'unauthenticated', message: '' });
  go(connecting);
  go(online);
  expect([...passed]).toEqual(['connecting', 'resuming', 'online']);
  expect(said()).toBe('');
});

test('[R5] tries in a row do not make the grace any longer', () => {
  const client = new FakeClient();
  draw(client);
  act(() => client.connection.set(online));
  for (let i = 0; i < 4; i += 1) {
    act(() => client.connection.set(offline(Date.now() + 500)));
    act(() => vi.advanceTimersByTime(GRACE_MS / 4));
    act(() => client.connection.set(connecting));
  }
  act(() => client.connection.set(offline(Date.now() + 500)));
  expect(shows()).toBe('offline');
});

test('[R5] without network it is offline at once', () => {
  const client = new FakeClient();
  draw(client);
  act(() => client.connection.set(online));
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  act(() => client.connection.set(offline(Date.now() + 500)));
  expect(shows()).toBe('offline');
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event('online')));
  expect(shows()).toBe('connecting');
});

test('the loss is said once, not at each try, and so is the return', () => {
  const client = new FakeClient();
  draw(client);
  expect(said()).toBe('');
  act(() => client.connection.set(connecting));
  expect(said()).toBe('');
  act(() => client.connection.set(offline(Date.now() + 60_000)));
  expect(said()).toBe('');
  graceOver();
  const lost = said();
  expect(lost).toBe('Offline: no connection to the server');
  act(() => client.connection.set(connecting));
  act(() => client.connection.set({ ...offline(null), reason: 'timeout', attempt: 2 }));
  expect(said()).toBe(lost);
  act(() => client.connection.set({ ...online, kind: 'resuming' }));
  expect(screen.getByText('Catching up…')).toBeTruthy();
  act(() => client.connection.set(online));
  expect(said()).toBe('Connected again. Everything is up to date.');
  expect(screen.getByText('Live')).toBeTruthy();
});

test('a session that has ended leads to the sign-in', async () => {
  const client = new FakeClient();
  const signIn = draw(client);
  act(() => client.connection.set({ kind: 'needs_auth', reason: 'expired', message: '' }));
  graceOver();
  vi.useRealTimers();
  expect(screen.getByText('your session has expired')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(signIn).toHaveBeenCalledOnce();
});
