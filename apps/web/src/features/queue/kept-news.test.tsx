import { act, cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { useCommand } from '../../realtime/index.ts';
import { FakeClient } from '../../testing/fake-client.ts';
import { renderDesk } from '../../testing/render.tsx';
import { DeskToaster } from '../../ui/desk-toaster.tsx';
// Imported up front, as this test is not about how long lazy parts take to load.
import '../../ui/toaster.tsx';
import { KeptNews } from './kept-news.tsx';

afterEach(cleanup);

function NewClient() {
  const { run } = useCommand('create_client');
  return (
    <button type="button" onClick={() => void run({ name: 'Bar' })}>
      Create
    </button>
  );
}

test('[Q1] who gives commands without a connection is told that they are kept, by one toast', async () => {
  const client = new FakeClient();
  client.connection.set({ kind: 'offline', reason: 'network', attempt: 1, nextRetryAt: null });
  await renderDesk(
    client,
    <>
      <NewClient />
      <KeptNews />
      <DeskToaster />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('Kept on this device')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Create' }));
  await act(async () => {});
  expect(screen.getAllByText('Kept on this device')).toHaveLength(1);
});
