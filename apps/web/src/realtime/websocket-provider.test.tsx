import type { EnvelopeOf } from '@almenara/events';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient, NOW } from '../testing/fake-client.ts';
import { bar } from '../testing/goods.ts';
import { useWebSocketContext } from './index.ts';
import { useWebSocket } from './use-websocket.ts';
import { WebSocketProvider } from './websocket-provider.tsx';

afterEach(cleanup);

const added: EnvelopeOf<'client_created'> = {
  id: 'e1',
  topic: 'clients',
  seq: 1,
  type: 'client_created',
  data: { client: bar },
  timestamp: NOW,
  userId: 'other',
  commandId: null,
};

test('WebSocketProvider connects while it stands', () => {
  const client = new FakeClient();
  const view = render(<WebSocketProvider client={client}>desk</WebSocketProvider>);
  expect(client.calls).toEqual(['start']);
  view.unmount();
  expect(client.calls).toEqual(['start', 'stop']);
});

test('useWebSocketContext tells the state of the connection and the session', () => {
  const client = new FakeClient('viewer');
  function Told() {
    const { status, session } = useWebSocketContext();
    return <p>{`${status.kind} ${session?.role}`}</p>;
  }
  render(
    <WebSocketProvider client={client}>
      <Told />
    </WebSocketProvider>,
  );
  expect(screen.getByText('online viewer')).toBeTruthy();
  act(() => client.connection.set({ kind: 'offline', reason: 'network', attempt: 1, nextRetryAt: null }));
  expect(screen.getByText('offline viewer')).toBeTruthy();
});

test('outside the provider there is a clear error', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  const Lost = () => <p>{useWebSocketContext().status.kind}</p>;
  expect(() => render(<Lost />)).toThrow('outside WebSocketProvider');
  silent.mockRestore();
});

test('useWebSocket calls the handler of the latest render, on one subscription', () => {
  const client = new FakeClient();
  const heard: string[] = [];
  const Listener = ({ name }: { name: string }) => {
    useWebSocket('client_created', ({ data }) => heard.push(`${name}: ${data.client.name}`));
    return null;
  };
  const draw = (name: string) => (
    <WebSocketProvider client={client}>
      <Listener name={name} />
    </WebSocketProvider>
  );
  const view = render(draw('first'));
  const subscriptions = [...client.handlers];
  act(() => client.emit(added));
  view.rerender(draw('second'));
  act(() => client.emit(added));
  expect(heard).toEqual(['first: Bar La Farola', 'second: Bar La Farola']);
  expect([...client.handlers].every((handler, i) => handler === subscriptions[i])).toBe(true);
  view.unmount();
  expect(client.handlers.size).toBe(0);
});
