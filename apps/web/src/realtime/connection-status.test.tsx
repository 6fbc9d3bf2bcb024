import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { FakeClient } from '../testing/fake-client.ts';
import { ConnectionStatus } from './connection-status.tsx';
import { WebSocketProvider } from './websocket-provider.tsx';

beforeEach(() => startI18n('en'));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
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
const said = () => screen.getByRole('status').textContent;

test('offline tells why, counts down to the next try and offers one now', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const client = new FakeClient();
  draw(client);
  act(() => client.connection.set(offline(Date.now() + 5000)));
  expect(screen.getByText('Offline')).toBeTruthy();
  expect(screen.getByText('no connection to the server')).toBeTruthy();
  expect(screen.getByText('next try in 5 s')).toBeTruthy();
  act(() => vi.advanceTimersByTime(2000));
  expect(screen.getByText('next try in 3 s')).toBeTruthy();
  vi.useRealTimers();
  await userEvent.click(screen.getByRole('button', { name: 'Retry now' }));
  expect(client.calls).toContain('retryNow');
});

test('the loss is said once, not at each try, and so is the return', () => {
  const client = new FakeClient();
  draw(client);
  expect(said()).toBe('');
  act(() => client.connection.set(connecting));
  expect(said()).toBe('');
  act(() => client.connection.set(offline(null)));
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
  expect(screen.getByText('your session has expired')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(signIn).toHaveBeenCalledOnce();
});
