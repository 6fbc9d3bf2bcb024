import { CommandFailed } from '@almenara/client';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { FakeClient, refuse } from '../../../testing/fake-client.ts';
import { level, line, oil, order, rice, zone } from '../../../testing/goods.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderPapers } from './order-papers.tsx';
// Imported up front, as these tests are not about how long lazy parts take to load.
import './return-dialog.tsx';
import './shortage-dialog.tsx';

afterEach(cleanup);

const conflict = refuse(new CommandFailed('x', 'refused', { code: 'conflict', message: '', details: {} }));
const type = async (field: string, text: string): Promise<void> => {
  const input = await screen.findByRole('textbox', { name: new RegExp(`^${field}`) });
  await userEvent.clear(input);
  await userEvent.type(input, text);
};
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

test('what is not on the shelf is reported for its line and zone, and a refusal leaves the form as it is', async () => {
  const client = new FakeClient();
  const split = {
    ...line(41, rice, 6),
    allocations: [
      { zone: 'A1', quantity: 4 },
      { zone: 'B2', quantity: 2 },
    ],
  };
  const picking = order({ status: 'picking', lines: [split, line(42, oil, 1)] });
  await renderDesk(client, <OrderLines order={picking} />);
  await press('Report Rice 1 kg as missing');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Zone' }), 'B2');
  expect(screen.getByText('2 are reserved there.')).toBeTruthy();
  await type('How many are missing', 'some');
  await press('Report');
  expect(await screen.findByText('Enter a whole number.')).toBeTruthy();
  expect(client.sent).toEqual([]);

  client.answers.report_shortage = conflict;
  await type('How many are missing', '3');
  await press('Report');
  expect(await screen.findByText('Not so many are reserved there for this order.')).toBeTruthy();

  client.answers.report_shortage = () =>
    Promise.resolve({ order: picking, level: { ...level(rice, 0), zone: 'B2' } });
  await type('How many are missing', '2');
  await press('Report');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(client.sent.at(-1)).toMatchObject({
    name: 'report_shortage',
    input: { orderId: picking.id, productId: rice.id, zone: 'B2', missing: 2 },
  });
});

test('what came back of an order is recorded, only the lines of which something did', async () => {
  const client = new FakeClient();
  client.show('zones', { zones: [zone] });
  const shipped = order({ status: 'shipped', lines: [line(41, rice, 4), line(42, oil, 2)] });
  await renderDesk(client, <OrderPapers order={shipped} />);
  await press('Record a return');
  await screen.findByRole('dialog', { name: 'Return from order #7' });
  await press('Record');
  expect(await screen.findByText('Say how many of at least one product came back.')).toBeTruthy();
  expect(client.sent).toEqual([]);

  client.answers.record_return = conflict;
  await type('Olive oil 5 l', '3');
  await press('Record');
  expect(await screen.findByText('More than was shipped, or it has come back before.')).toBeTruthy();

  await type('Olive oil 5 l', '1');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Put back in' }), 'A1');
  await type('Reason', 'Dented');
  await press('Record');
  await waitFor(() => expect(client.sent).toHaveLength(2));
  expect(client.sent[1]?.input).toEqual({
    clientId: shipped.clientId,
    orderId: shipped.id,
    lines: [{ productId: oil.id, quantity: 1, zone: 'A1' }],
    reason: 'Dented',
  });
});
