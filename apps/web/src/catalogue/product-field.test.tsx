import type { Product } from '@almenara/events';
import { act, cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../testing/fake-client.ts';
import { oil, rice } from '../testing/goods.ts';
import { renderDesk } from '../testing/render.tsx';
import { ProductField } from './product-field.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Picked() {
  const [product, setProduct] = useState<Product | null>(null);
  return (
    <>
      <ProductField product={product} onPick={setProduct} />
      <p>{product ? `picked ${product.sku}` : 'none'}</p>
    </>
  );
}

/** A desk whose live list holds only rice; the server knows the whole sku of the oil. */
async function open(): Promise<ReturnType<typeof userEvent.setup>> {
  vi.stubGlobal('fetch', async (path: string) => {
    const { searchParams } = new URL(path, 'http://desk');
    const items = searchParams.get('sku') === oil.sku ? [oil] : [];
    return Response.json({ items, nextCursor: null, total: items.length });
  });
  const client = new FakeClient();
  client.show('products', { products: [rice], total: 100_000, truncated: true });
  await renderDesk(client, <Picked />);
  return userEvent.setup();
}

test('a scanner finds a product that is not in the live list: its Enter comes before any answer', async () => {
  const user = await open();
  await user.type(screen.getByRole('combobox'), `${oil.sku}{Enter}`);
  expect(await screen.findByText('picked OIL-5')).toBeTruthy();
});

test('a code that nobody has is told, and stays to be corrected', async () => {
  const user = await open();
  await user.type(screen.getByRole('combobox'), 'NO-SUCH{Enter}');
  expect(await screen.findByText('No product has the code NO-SUCH.')).toBeTruthy();
  await act(async () => {});
  expect(screen.getByRole('combobox')).toHaveProperty('value', 'NO-SUCH');
});
