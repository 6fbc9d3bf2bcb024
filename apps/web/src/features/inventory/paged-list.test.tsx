import type { Envelope, Level, Product } from '@almenara/events';
import { act, cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClient, NOW } from '../../testing/fake-client.ts';
import { id, level, rice, zone } from '../../testing/goods.ts';
import { renderDesk } from '../../testing/render.tsx';
import { StockList } from './stock-list.tsx';

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const goods: readonly Product[] = Array.from({ length: 250 }, (_, i) => ({
  ...rice,
  id: id(1000 + i),
  sku: `P-${String(i).padStart(3, '0')}`,
  name: i === 200 ? 'Needle' : `Product ${i}`,
}));

/** A server with these levels of zone A1, by sku; it answers searches and pages as ours does. */
function serve(levels: Map<string, Level>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://desk');
    asked.push(path);
    if (pathname.endsWith('/figures')) {
      return Response.json({ zones: [{ zone: 'A1', levels: levels.size, low: 17 }], lowProducts: 0 });
    }
    if (pathname.endsWith('/products')) {
      const ids = searchParams.get('ids')?.split(',') ?? [];
      return Response.json({
        items: goods.filter((one) => ids.includes(one.id)),
        nextCursor: null,
        total: 1,
      });
    }
    const q = searchParams.get('q') ?? '';
    const rows = goods.flatMap(({ id: productId, sku, name }) => {
      const held = levels.get(productId);
      return held && name.includes(q) ? [{ ...held, sku, name }] : [];
    });
    const from = Number(searchParams.get('cursor') ?? 0);
    const to = from + Number(searchParams.get('limit'));
    const nextCursor = to < rows.length ? String(to) : null;
    return Response.json({ items: rows.slice(from, to), nextCursor, total: rows.length });
  });
  return asked;
}

const at = (second: number): string => new Date(Date.parse(NOW) + second * 1000).toISOString();

function changed(before: Level | undefined, after: Level): Envelope {
  const movement = {
    id: id(901),
    kind: 'adjustment' as const,
    onHandDelta: after.onHand - (before?.onHand ?? 0),
    reservedDelta: 0,
    reorderPointDelta: after.reorderPoint - (before?.reorderPoint ?? 0),
    reason: null,
    orderId: null,
    returnId: null,
    at: NOW,
  };
  const data = before ? { level: after, movement } : { level: after, movement, created: true as const };
  const frame = { topic: 'inventory:A1', seq: 1, timestamp: NOW, userId: null, commandId: null };
  return { ...frame, id: id(900), type: 'inventory_updated', data };
}

const rowOf = (sku: string): HTMLElement => {
  const row = document.querySelector<HTMLElement>(`tr[data-sku="${sku}"]`);
  if (!row) throw new Error(`No row ${sku}`);
  return row;
};
const settle = (ms = 1000): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

/** A zone whose topic holds one level of many, on a desk whose list of products holds none of them. */
async function show(levels: Map<string, Level>, search = {}) {
  const asked = serve(levels);
  const client = new FakeClient();
  client.show('products', { products: [rice], total: 100_000, truncated: true });
  client.show('zones', { zones: [zone] });
  const window = [...levels.values()].slice(0, 1);
  client.show(
    'inventory',
    { zone: 'A1', levels: window, total: levels.size, truncated: true },
    { zone: 'A1' },
  );
  await renderDesk(client, <StockList zone="A1" search={search} />);
  // The code for paged lists is loaded first, and then the server is asked: this may take a while.
  await screen.findByText(/^[\d,]+ rows$/, undefined, { timeout: 20_000 });
  return { client, asked };
}

const stock = (): Map<string, Level> =>
  new Map(goods.map((product) => [product.id, { ...level(product, 50), updatedAt: at(0) }]));

test('of a zone that is not all here the server tells pages, how many there are, and what is searched for', async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const { asked } = await show(stock());
  expect(screen.getByText('250 rows')).toBeTruthy();
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('251');
  expect(within(rowOf('P-000')).getAllByText('50')).not.toEqual([]);

  await user.type(screen.getByRole('searchbox'), 'Needle');
  expect(await screen.findByText('1 row')).toBeTruthy();
  expect(rowOf('P-200')).toBeTruthy();
  // Asked once typing has paused, not with every key.
  expect(asked.filter((path) => path.includes('q='))).toHaveLength(1);
});

test('a change of a level that no window holds shows, and one that comes into the list gets its name and place', async () => {
  const levels = stock();
  const [other, late] = [goods[3], goods[5]];
  if (!other || !late) throw new Error('no goods');
  levels.delete(late.id);
  const { client, asked } = await show(levels);
  expect(document.querySelector('tr[data-sku="P-005"]')).toBeNull();
  const before = levels.get(other.id);
  /** The topic's window takes in what changes. */
  const happens = (old: Level | undefined, next: Level): Promise<void> =>
    act(async () => {
      const view = { zone: 'A1', levels: [next], total: levels.size, truncated: true };
      client.show('inventory', view, { zone: 'A1' });
      client.emit(changed(old, next));
    });
  await happens(before, { ...level(other, 41), updatedAt: at(1) });
  expect(within(rowOf('P-003')).getAllByText('41')).not.toEqual([]);

  await happens(undefined, { ...level(late, 7), updatedAt: at(2) });
  await settle();
  expect(rowOf('P-005').getAttribute('aria-rowindex')).toBe('7');
  expect(within(rowOf('P-005')).getAllByText('7')).not.toEqual([]);
  expect(asked.filter((path) => path.includes('/products'))).toHaveLength(1);
});

test('a server that does not answer is told, and what is here is shown', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  const client = new FakeClient();
  client.show('products', { products: [rice], total: 100_000, truncated: true });
  client.show('zones', { zones: [zone] });
  const view = { zone: 'A1', levels: [level(rice, 8)], total: 9000, truncated: true };
  client.show('inventory', view, { zone: 'A1' });
  await renderDesk(client, <StockList zone="A1" search={{}} />);
  expect(
    await screen.findByText('The server cannot be reached.', undefined, { timeout: 20_000 }),
  ).toBeTruthy();
  expect(rowOf('RICE-1')).toBeTruthy();
});
