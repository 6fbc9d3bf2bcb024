import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FakeClient } from '../testing/fake-client.ts';
import { bar, level, order, rice, zone } from '../testing/goods.ts';
import { renderDesk } from '../testing/render.tsx';
import { levelsView, ordersView } from '../testing/views.ts';
import { ClientsPage } from './clients/clients-page.tsx';
import { InventoryPage } from './inventory/inventory-page.tsx';
import { OrdersDesk } from './orders/orders-page.tsx';

afterEach(cleanup);

function desk(role: 'operator' | 'viewer'): FakeClient {
  const client = new FakeClient(role);
  client.show('orders', ordersView(order()));
  client.show('clients', { clients: [bar], total: 1, truncated: false });
  client.show('products', { products: [rice], total: 1, truncated: false });
  client.show('zones', { zones: [zone] });
  client.show('inventory', levelsView(level(rice, 10, 4, 8)), { zone: 'A1' });
  return client;
}

const pages = [
  {
    name: 'orders',
    page: <OrdersDesk search={{}} onSearch={() => {}} />,
    shows: 'Bar La Farola',
    // These only change what is looked at; a view is one's own.
    reads: ['Filters', 'List', 'Views', 'Select'],
  },
  { name: 'inventory', page: <InventoryPage />, shows: 'Rice 1 kg', reads: [] },
  { name: 'clients', page: <ClientsPage />, shows: 'Bar La Farola', reads: [] },
];

test.each(pages)('[A1] a viewer sees the $name and no button that writes', async ({ page, shows, reads }) => {
  await renderDesk(desk('viewer'), page, 'viewer');
  expect(screen.getByText(shows)).toBeTruthy();
  expect(screen.queryAllByRole('button').map(({ textContent }) => textContent)).toEqual(reads);
});

test.each(pages)('an operator has them on the $name', async ({ page, reads }) => {
  await renderDesk(desk('operator'), page, 'operator');
  expect(screen.queryAllByRole('button').length).toBeGreaterThan(reads.length);
});
