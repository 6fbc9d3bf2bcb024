import type { Order } from '@almenara/events';
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../../../testing/fake-client.ts';
import { id, line, order, rice } from '../../../testing/goods.ts';
import { orderMoved } from '../../../testing/order-moved.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { ordersView } from '../../../testing/views.ts';
import { useOrder } from './use-order.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Shown({ orderId }: { orderId: string }) {
  const found = useOrder(orderId);
  if (found.kind !== 'found') return <p>{found.kind}</p>;
  const { status, version, lines } = found.order;
  return (
    <p>
      v{version} {status}, {lines.length} lines
    </p>
  );
}

const seven = order({ lines: [line(41, rice, 4), line(42, rice, 1)] });
const other = order({ id: id(99), number: 99 });

/** A server that has this order. @returns how often it was asked */
function serve(given: Order): { readonly asked: string[] } {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(Response.json({ order: given }));
  });
  return { asked };
}

async function open(client: FakeClient, ...held: Order[]): Promise<void> {
  client.show('orders', { ...ordersView(...held), truncated: true });
  await renderDesk(client, <Shown orderId={seven.id} />);
}

test('an order that is not held is asked for, and follows what happens to it whether the window has it or not', async () => {
  const { asked } = serve(seven);
  const client = new FakeClient();
  await open(client, other);
  await screen.findByText('v1 placed, 2 lines');
  const picking = { ...seven, version: 2, status: 'picking' as const };
  await act(async () => {
    client.show('orders', ordersView(picking, other));
    client.emit(orderMoved(picking, 'placed'));
  });
  expect(screen.getByText('v2 picking, 2 lines')).toBeTruthy();
  // Many other orders changed since, and pushed it out of the window.
  await act(async () => client.show('orders', ordersView(other)));
  expect(screen.getByText('v2 picking, 2 lines')).toBeTruthy();
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('an order that leaves the window while one works with it stays as it was', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  const client = new FakeClient();
  await open(client, seven, other);
  expect(screen.getByText('v1 placed, 2 lines')).toBeTruthy();
  await act(async () => client.show('orders', ordersView(other)));
  expect(screen.getByText('v1 placed, 2 lines')).toBeTruthy();
});

test('an order of which the lines are not held is asked for once; each event brings them', async () => {
  const { asked } = serve(seven);
  const without = { ...seven, lines: [], lineCount: 2, shortLines: 0 };
  const client = new FakeClient();
  await open(client, without, other);
  await screen.findByText('v1 placed, 2 lines');
  const packed = { ...seven, version: 2, status: 'packed' as const, lines: [line(41, rice, 4)] };
  await act(async () => {
    client.emit(orderMoved(packed, 'placed'));
    client.show('orders', ordersView({ ...without, version: 2, status: 'packed', lineCount: 1 }, other));
  });
  expect(screen.getByText('v2 packed, 1 lines')).toBeTruthy();
  expect(asked).toHaveLength(1);
});
