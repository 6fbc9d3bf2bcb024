import { CommandFailed, type ConnectionState } from '@almenara/client';
import { act, cleanup, render, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { FakeClient, refuse } from '../testing/fake-client.ts';
import { bar } from '../testing/goods.ts';
import { useRealtime } from './context.ts';
import { plainRealtime } from './realtime.ts';
import { type CommandCall, useCommand } from './use-command.ts';
import { WebSocketProvider } from './websocket-provider.tsx';

beforeEach(() => startI18n('en'));
afterEach(cleanup);

const OFFLINE: ConnectionState = { kind: 'offline', reason: 'network', attempt: 1, nextRetryAt: null };

const use = (client: FakeClient) =>
  renderHook(() => ({ call: useCommand('create_client'), realtime: useRealtime() }), {
    wrapper: ({ children }) => <WebSocketProvider client={client}>{children}</WebSocketProvider>,
  }).result;

test('[C1] a command that got no answer is sent again under its own id', async () => {
  const client = new FakeClient();
  const result = use(client);
  client.answers.create_client = refuse(
    new CommandFailed('', 'unknown', { code: 'internal', message: 'Sorry' }),
  );
  await act(() => result.current.call.run({ name: 'Bar' }));
  expect(result.current.call.error?.outcome).toBe('unknown');
  client.answers.create_client = () => Promise.resolve({ client: bar });
  await act(() => result.current.call.run({ name: 'Bar' }));
  await act(() => result.current.call.run({ name: 'Bar' }));
  const [first, again, another] = client.sent.map(({ commandId }) => commandId);
  expect(again).toBe(first);
  expect(another).not.toBe(first);
});

test('a refusal is told where the command was given, and leaves nothing behind', async () => {
  const client = new FakeClient();
  const result = use(client);
  client.answers.create_client = refuse(
    new CommandFailed('', 'refused', { code: 'forbidden', message: 'No' }),
  );
  expect(await act(() => result.current.call.run({ name: 'Bar' }))).toBeNull();
  expect(result.current.call.error?.code).toBe('forbidden');
  expect(result.current.realtime.queued.getState()).toEqual([]);
});

test('[Q2] a refusal of what was still being checked when its form was closed stays in the queue', async () => {
  const client = new FakeClient();
  client.answers.create_client = refuse(
    new CommandFailed('', 'refused', { code: 'forbidden', message: 'No' }),
  );
  const realtime = plainRealtime(client, 'me');
  let run: CommandCall<'create_client'>['run'] | undefined;
  function Form() {
    run = useCommand('create_client').run;
    return null;
  }
  const desk = (form: ReactNode) => <WebSocketProvider realtime={realtime}>{form}</WebSocketProvider>;
  const view = render(desk(<Form />));
  view.rerender(desk(null));
  void run?.({ name: 'Bar' });
  await waitFor(() =>
    expect(realtime.queued.getState()).toMatchObject([{ name: 'create_client', state: 'refused' }]),
  );
});

test('without a connection a command is kept, and goes when there is one', async () => {
  const client = new FakeClient();
  client.connection.set(OFFLINE);
  const result = use(client);
  client.answers.create_client = () => Promise.resolve({ client: bar });
  expect(await act(() => result.current.call.run({ name: 'Bar' }))).toEqual({ kind: 'queued' });
  expect(client.sent).toEqual([]);
  expect(result.current.realtime.keptCount.getState()).toBe(1);
  expect(result.current.realtime.queued.getState()).toMatchObject([
    { name: 'create_client', state: 'waiting' },
  ]);
  await act(async () =>
    client.connection.set({ kind: 'online', attempt: 0, since: 0, renewed: false, reconnectAt: null }),
  );
  expect(client.sent).toMatchObject([{ name: 'create_client', input: { name: 'Bar' } }]);
  expect(result.current.realtime.queued.getState()).toEqual([]);
});
