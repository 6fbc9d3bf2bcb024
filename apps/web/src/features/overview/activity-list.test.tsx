import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { ToldEnvelope } from '../../activity/index.ts';
import { ActivityProvider } from '../../activity/index.ts';
import { FakeClient, NOW } from '../../testing/fake-client.ts';
import { id, order } from '../../testing/goods.ts';
import { renderDesk } from '../../testing/render.tsx';
import { ActivityList } from './activity-list.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const placed = (number: number): ToldEnvelope => ({
  id: id(1000 + number),
  topic: 'orders',
  seq: number,
  type: 'order_created',
  data: { order: order({ id: id(500 + number), number }) },
  timestamp: new Date(Date.parse(NOW) + number * 1000).toISOString(),
  userId: 'me',
  commandId: null,
});

async function draw() {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ events: [] })));
  const client = new FakeClient();
  await renderDesk(
    client,
    <ActivityProvider>
      <ActivityList />
    </ActivityProvider>,
  );
  const happen = async (...numbers: number[]): Promise<void> => {
    await act(async () => {
      for (const number of numbers) client.emit(placed(number));
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  };
  const list = screen.getByRole('list', { name: 'Latest activity' });
  const rows = () =>
    within(list)
      .queryAllByRole('listitem')
      .map((row) => /#\d+/.exec(row.textContent)?.[0]);
  return { happen, list, rows };
}

test('the feed stands still under the mouse, says how much is new, and goes on when it is left', async () => {
  const { happen, list, rows } = await draw();
  await happen(1, 2);
  await waitFor(() => expect(rows()).toEqual(['#2', '#1']));

  await userEvent.hover(list);
  await happen(3, 4, 5);
  expect(rows()).toEqual(['#2', '#1']);
  await userEvent.click(screen.getByRole('button', { name: '3 new' }));
  // The mouse has gone to the button, away from the list.
  expect(rows()).toEqual(['#5', '#4', '#3', '#2', '#1']);
});

test('paused by hand it waits for the hand that lets it go', async () => {
  const { happen, rows } = await draw();
  await happen(1);
  await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
  await happen(2);
  expect(rows()).toEqual(['#1']);
  await userEvent.click(screen.getByRole('button', { name: '1 new' }));
  expect(rows()).toEqual(['#2', '#1']);
  await happen(3);
  expect(rows()).toEqual(['#2', '#1']);
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  await waitFor(() => expect(rows()).toEqual(['#3', '#2', '#1']));
});
