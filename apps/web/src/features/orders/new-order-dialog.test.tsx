import { CommandFailed } from '@almenara/client';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { FakeClient, refuse } from '../../testing/fake-client.ts';
import { bar, level, oil, rice, zone } from '../../testing/goods.ts';
import { renderDesk } from '../../testing/render.tsx';
import { NewOrderDialog } from './new-order-dialog.tsx';

afterEach(cleanup);

async function open(): Promise<FakeClient> {
  const client = new FakeClient();
  client.show('clients', { clients: [bar], total: 1, truncated: false });
  client.show('products', { products: [oil, rice], total: 2, truncated: false });
  client.show('zones', { zones: [zone] });
  client.show('inventory', { zone: 'A1', levels: [level(rice, 10, 4), level(oil, 5)] }, { zone: 'A1' });
  await renderDesk(client, <NewOrderDialog onClose={() => {}} />);
  return client;
}

async function pick(field: string, text: string): Promise<void> {
  await userEvent.type(screen.getByRole('combobox', { name: field }), `${text}{Enter}`);
}

async function quantity(product: string, text: string): Promise<void> {
  const input = screen.getByLabelText(`Quantity of ${product}`);
  await userEvent.clear(input);
  await userEvent.type(input, text);
}

test('out of stock is shown at each line that cannot be filled', async () => {
  const client = await open();
  await pick('Client', 'farola');
  await pick('Add a product', 'oil');
  await pick('Add a product', '8400000010013');
  await quantity('Rice 1 kg', '9');
  const missing = [{ line: 1, productId: rice.id, requested: 9, available: 6 }];
  client.answers.place_order = refuse(
    new CommandFailed('x', 'refused', { code: 'out_of_stock', message: '', details: { lines: missing } }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Place order' }));

  const [first, second] = screen.getAllByRole('listitem');
  if (!first || !second) throw new Error('Two lines expected');
  expect(within(second).getByText('Requested 9, only 6 available')).toBeTruthy();
  expect(within(second).getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
  expect(within(first).queryByText(/only/)).toBeNull();
  expect(client.sent[0]?.input).toEqual({
    clientId: bar.id,
    lines: [
      { productId: oil.id, quantity: 1 },
      { productId: rice.id, quantity: 9 },
    ],
  });
});

test('live availability is offered with each product', async () => {
  await open();
  await userEvent.type(screen.getByRole('combobox', { name: 'Add a product' }), 'rice');
  expect(screen.getByRole('option', { name: /RICE-1.*6 available/ })).toBeTruthy();
});

test('what is missing is said at its field, and nothing is sent', async () => {
  const client = await open();
  await userEvent.click(screen.getByRole('button', { name: 'Place order' }));
  expect(screen.getByText('Choose one.')).toBeTruthy();
  expect(screen.getByText('Add at least one product.')).toBeTruthy();
  await pick('Add a product', 'rice');
  await quantity('Rice 1 kg', 'many');
  await userEvent.click(screen.getByRole('button', { name: 'Place order' }));
  expect(screen.getByText('Enter a whole number.')).toBeTruthy();
  expect(client.sent).toEqual([]);
});

test('the same product picked again is one more of it', async () => {
  await open();
  await pick('Add a product', 'rice');
  await pick('Add a product', 'rice');
  expect(screen.getByLabelText<HTMLInputElement>('Quantity of Rice 1 kg').value).toBe('2');
});
