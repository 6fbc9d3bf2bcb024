import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../testing/fake-client.ts';
import { id, order } from '../testing/goods.ts';
import { ordersView } from '../testing/views.ts';
import { KEEP_MS } from './topic-stores.ts';
import { useTopic, useTopicPart } from './use-topic.ts';
import { WebSocketProvider } from './websocket-provider.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Numbers() {
  const { view, status } = useTopic('orders');
  return <p>{view === null ? status.kind : view.orders.map(({ number }) => number).join(' ')}</p>;
}

test('useTopic shows nothing before the snapshot, then follows', () => {
  const client = new FakeClient();
  render(<Numbers />, {
    wrapper: ({ children }) => <WebSocketProvider client={client}>{children}</WebSocketProvider>,
  });
  expect(screen.getByText('loading')).toBeTruthy();
  act(() => client.show('orders', ordersView(order())));
  expect(screen.getByText('7')).toBeTruthy();
  act(() => client.show('orders', ordersView(order({ id: id(2), number: 8 }), order())));
  expect(screen.getByText('8 7')).toBeTruthy();
});

test('a topic is followed once however many look at it, and left some time after the last one went', () => {
  const client = new FakeClient();
  const draw = (count: number) => (
    <WebSocketProvider client={client}>
      {Array.from({ length: count }, (_, i) => (
        <Numbers key={String(i)} />
      ))}
    </WebSocketProvider>
  );
  const view = render(draw(3));
  expect(client.open.get('orders')).toBe(1);
  view.rerender(draw(0));
  expect(client.open.get('orders')).toBe(1);
  view.rerender(draw(1));
  act(() => vi.advanceTimersByTime(KEEP_MS + 1));
  expect(client.open.get('orders')).toBe(1);
  view.rerender(draw(0));
  act(() => vi.advanceTimersByTime(KEEP_MS + 1));
  expect(client.open.get('orders')).toBe(0);
});

test('useTopicPart draws anew only when its part changes', () => {
  const client = new FakeClient();
  let drawn = 0;
  function Total() {
    drawn += 1;
    return <p>{useTopicPart('orders', ({ total }) => total)}</p>;
  }
  client.show('orders', ordersView(order()));
  render(
    <WebSocketProvider client={client}>
      <Total />
    </WebSocketProvider>,
  );
  act(() => client.show('orders', ordersView(order({ version: 2 }))));
  const before = drawn;
  act(() => client.show('orders', ordersView(order({ version: 3 }))));
  expect(drawn).toBe(before);
  act(() => client.show('orders', ordersView(order(), order({ id: id(9) }))));
  expect(drawn).toBe(before + 1);
});
