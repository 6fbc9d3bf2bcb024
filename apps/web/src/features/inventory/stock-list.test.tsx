import type { Level, Product } from '@almenara/events';
import { act, cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../../testing/fake-client.ts';
import { id, level, oil, rice, zone } from '../../testing/goods.ts';
import { renderDesk } from '../../testing/render.tsx';
import { levelsView } from '../../testing/views.ts';
import { StockList } from './stock-list.tsx';
import type { StockPlace } from './stock-row.ts';

// A row's last cell is drawn whenever the row is.
const drawn = vi.hoisted(() => vi.fn());
vi.mock('./line-actions.tsx', () => ({
  LineActions: ({ place }: { place: StockPlace }) => {
    drawn(place.product.sku);
    return null;
  },
}));

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  drawn.mockClear();
});

function show(client: FakeClient, products: readonly Product[], levels: readonly Level[]): void {
  client.show('products', { products: [...products], total: products.length, truncated: false });
  client.show('zones', { zones: [zone] });
  client.show('inventory', levelsView(...levels), { zone: 'A1' });
}

const rowOf = (sku: string): HTMLElement | null => document.querySelector(`tr[data-sku="${sku}"]`);
const skus = (): string[] =>
  [...document.querySelectorAll('tr[data-sku]')].map((row) => row.getAttribute('data-sku') ?? '');
const settle = (): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(1000)));

test('of ten thousand levels only those in sight are rows, and one that changes draws its row alone', async () => {
  const goods: Product[] = Array.from({ length: 10_000 }, (_, i) => ({
    ...rice,
    id: id(1000 + i),
    sku: `P-${String(i).padStart(5, '0')}`,
    name: `Product ${i}`,
  }));
  const levels = goods.map((product) => level(product, 50));
  const client = new FakeClient();
  show(client, goods, levels);
  await renderDesk(client, <StockList zone="A1" search={{}} />);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
  expect(skus().length).toBeGreaterThan(5);
  expect(skus().length).toBeLessThan(60);
  expect(rowOf('P-00003')?.getAttribute('aria-rowindex')).toBe('5');

  drawn.mockClear();
  const [seen, hidden] = [goods[3], goods[9000]];
  if (!seen || !hidden) throw new Error('no goods');
  const next = levels.with(3, level(seen, 49)).with(9000, level(hidden, 1));
  await act(async () => client.show('inventory', levelsView(...next), { zone: 'A1' }));
  await settle();
  expect(drawn.mock.calls).toEqual([['P-00003']]);
  expect(within(rowOf('P-00003') ?? document.body).getAllByText('49')).not.toEqual([]);
});

test('what is low is listed with how much is needed, the most first, and leaves when it has recovered', async () => {
  const client = new FakeClient();
  show(client, [oil, rice], [level(rice, 10, 4, 8), level(oil, 2, 0, 20)]);
  await renderDesk(client, <StockList zone={null} search={{ low: 1 }} />);
  expect(skus()).toEqual(['OIL-5', 'RICE-1']);
  // Above the reorder point, not at it: 20 - 2 + 1.
  expect(within(rowOf('OIL-5') ?? document.body).getByText('19')).toBeTruthy();

  await act(async () =>
    client.show('inventory', levelsView(level(rice, 10, 4, 8), level(oil, 60, 0, 20)), { zone: 'A1' }),
  );
  await settle();
  expect(skus()).toEqual(['RICE-1']);
});

test('nothing moves from under a pointer: the new order waits until it has gone', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const client = new FakeClient();
  show(client, [oil, rice], [level(rice, 10), level(oil, 2)]);
  await renderDesk(client, <StockList zone="A1" search={{ sort: 'on_hand' }} />);
  expect(skus()).toEqual(['OIL-5', 'RICE-1']);

  await user.hover(rowOf('OIL-5') ?? document.body);
  await act(async () => client.show('inventory', levelsView(level(rice, 1), level(oil, 2)), { zone: 'A1' }));
  await settle();
  expect(skus()).toEqual(['OIL-5', 'RICE-1']);
  expect(within(rowOf('RICE-1') ?? document.body).getAllByText('1')).not.toEqual([]);
  expect(screen.getByText('New order when you move away')).toBeTruthy();

  await user.unhover(rowOf('OIL-5') ?? document.body);
  await settle();
  expect(skus()).toEqual(['RICE-1', 'OIL-5']);
});

test('a search finds by name, sku and barcode, at once', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const client = new FakeClient();
  show(client, [oil, rice], [level(rice, 10), level(oil, 2)]);
  await renderDesk(client, <StockList zone="A1" search={{}} />);
  const field = screen.getByRole('searchbox');
  for (const [text, sku] of [
    ['olive', 'OIL-5'],
    ['rice-', 'RICE-1'],
    ['8400000010013', 'RICE-1'],
  ] as const) {
    await user.clear(field);
    await user.type(field, text);
    expect(skus()).toEqual([sku]);
  }
});
