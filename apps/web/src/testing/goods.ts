import type { Client, Level, Order, OrderLine, Product, Zone } from '@almenara/events';
import { NOW } from './fake-client.ts';

/** A uuid that can be told from the others. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const stamps = { version: 1, createdAt: NOW, updatedAt: NOW };

export const rice: Product = {
  id: id(1),
  sku: 'RICE-1',
  name: 'Rice 1 kg',
  barcode: '8400000010013',
  unitPrice: eur(345),
  stocked: true,
  ...stamps,
};
export const oil: Product = {
  ...rice,
  id: id(2),
  sku: 'OIL-5',
  name: 'Olive oil 5 l',
  barcode: null,
  unitPrice: eur(4650),
};

export const bar: Client = {
  id: id(11),
  name: 'Bar La Farola',
  email: 'bar@farola.example',
  phone: null,
  country: null,
  notes: null,
  archived: false,
  mergedInto: null,
  ...stamps,
};
export const hotel: Client = { ...bar, id: id(12), name: 'Hotel Miramar' };

export const zone: Zone = { id: id(21), code: 'A1', name: 'Dry shelf', ...stamps };

export const level = (product: Product, onHand: number, reserved = 0, reorderPoint = 0): Level => ({
  productId: product.id,
  zone: zone.code,
  onHand,
  reserved,
  reorderPoint,
});

export const line = (n: number, product: Product, quantity: number): OrderLine => ({
  id: id(n),
  productId: product.id,
  sku: product.sku,
  name: product.name,
  quantity,
  unitPrice: product.unitPrice,
  allocations: [{ zone: zone.code, quantity }],
  short: 0,
});

export const order = (change: Partial<Order> = {}): Order => ({
  id: id(31),
  number: 7,
  reference: null,
  clientId: bar.id,
  clientName: bar.name,
  status: 'placed',
  lines: [line(41, rice, 4)],
  total: eur(1380),
  assigneeId: null,
  notes: null,
  closedAt: null,
  ...stamps,
  ...change,
});
