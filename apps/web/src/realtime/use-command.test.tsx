import { CommandFailed } from '@almenara/client';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FakeClient, refuse } from '../testing/fake-client.ts';
import { bar } from '../testing/goods.ts';
import { useCommand } from './use-command.ts';
import { WebSocketProvider } from './websocket-provider.tsx';

afterEach(cleanup);

test('[C1] a command that got no answer is sent again under its own id', async () => {
  const client = new FakeClient();
  const { result } = renderHook(() => useCommand('create_client'), {
    wrapper: ({ children }) => <WebSocketProvider client={client}>{children}</WebSocketProvider>,
  });
  client.answers.create_client = refuse(
    new CommandFailed('the-id', 'unknown', { code: 'unavailable', message: '' }),
  );
  await act(() => result.current.run({ name: 'Bar' }));
  expect(result.current.error?.outcome).toBe('unknown');
  client.answers.create_client = () => Promise.resolve({ client: bar });
  await act(() => result.current.run({ name: 'Bar' }));
  expect(client.sent.map(({ commandId }) => commandId)).toEqual([undefined, 'the-id']);
  await act(() => result.current.run({ name: 'Bar' }));
  expect(client.sent.at(-1)?.commandId).toBeUndefined();
});
