import { CommandFailed } from '@almenara/client';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient, refuse } from '../../../testing/fake-client.ts';
import { bar, level, oil, rice, zone } from '../../../testing/goods.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { levelsView } from '../../../testing/views.ts';
import { NewOrderDialog } from './new-order-dialog.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(): Promise<FakeClient> {
  const client = new FakeClient();
  client.show('clients', { clients: [bar], total: 1, truncated: false });
  client.show('products', { products: [oil, rice], total: 2, truncated: false });
  client.show('zones', { zones: [zone] });
  client.show('inventory', levelsView(level(rice, 10, 4), level(oil, 5)), { zone: 'A1' });
  await renderDesk(client, <NewOrderDialog onClose={() => {}} />);
  return client;
}

/** By the pace of its keys, in ms between them, a person is told from a scanner; however busy this machine is. */
async function atPace(pace: number, act: () => Promise<unknown>): Promise<void> {
  let at = performance.now() + 1000;
  const stamp = (event: Event): void => {
    at += pace;
    Object.defineProperty(event, 'timeStamp', { value: at });
  };
  window.addEventListener('keydown', stamp, true);
  await act();
  window.removeEventListener('keydown', stamp, true);
}

async function pick(field: string, text: string): Promise<void> {
  const box = screen.getByRole('combobox', { name: field });
  await atPace(200, () => userEvent.type(box, `${text}{Enter}`));
}

/** As a scanner types, wherever the focus is. */
const scan = (code: string): Promise<void> => atPace(5, () => userEvent.keyboard(`${code}{Enter}`));

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
    orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
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

test('a scan adds one each time, and the field is ready for the next', async () => {
  await open();
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Add a product' });
  field.focus();
  await scan('8400000010013');
  await scan('8400000010013');
  await scan('OIL-5');
  expect(screen.getByLabelText<HTMLInputElement>('Quantity of Rice 1 kg').value).toBe('2');
  expect(screen.getByLabelText<HTMLInputElement>('Quantity of Olive oil 5 l').value).toBe('1');
  expect([document.activeElement, field.value]).toEqual([field, '']);
});

test('a scan into another field, or onto a button, lands as a product and leaves no trace there', async () => {
  const client = await open();
  await pick('Client', 'farola');
  await scan('8400000010013');
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Client' }).value).toBe('Bar La Farola');
  const notes = screen.getByLabelText<HTMLTextAreaElement>(/Notes/);
  await userEvent.type(notes, 'By noon');
  await scan('8400000010013');
  expect(notes.value).toBe('By noon');
  screen.getByRole('button', { name: 'Place order' }).focus();
  await scan('8400000010013');
  expect(client.sent).toEqual([]);
  expect(screen.getByLabelText<HTMLInputElement>('Quantity of Rice 1 kg').value).toBe('3');

  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(client.sent).toMatchObject([
    { input: { clientId: bar.id, lines: [{ productId: rice.id, quantity: 3 }], notes: 'By noon' } },
  ]);
});

test('an unknown code is said and kept', async () => {
  await open();
  screen.getByLabelText(/Notes/).focus();
  await scan('9999999999999');
  expect(screen.getByText('No product has the code 9999999999999.')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Add a product' }).value).toBe(
    '9999999999999',
  );
});

test('what is scanned before the products have come is asked for, and two scans at once are two', async () => {
  const answers: (() => void)[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    const items = path.includes(`barcode=${rice.barcode}`) ? [rice] : [];
    return new Promise((resolve) => {
      answers.push(() => resolve(Response.json({ items, nextCursor: null, total: items.length })));
    });
  });
  await renderDesk(new FakeClient(), <NewOrderDialog onClose={() => {}} />);
  await scan('8400000010013');
  await scan('8400000010013');
  for (const answer of answers) answer();
  const quantityOf = await screen.findByLabelText<HTMLInputElement>('Quantity of Rice 1 kg');
  await waitFor(() => expect(quantityOf.value).toBe('2'));
});

test('a client that nobody has yet is added from the field', async () => {
  const client = await open();
  client.answers.create_client = ({ name }) => Promise.resolve({ client: { ...bar, id: rice.id, name } });
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Client' });
  await userEvent.type(field, 'Nuevo bar');
  await userEvent.click(screen.getByRole('option', { name: 'Add “Nuevo bar” as a client' }));
  expect(client.sent).toMatchObject([{ name: 'create_client', input: { name: 'Nuevo bar' } }]);
  expect(field.value).toBe('Nuevo bar');
});
