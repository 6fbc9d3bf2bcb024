import type { ImportState } from '@almenara/events';
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FakeClient } from '../../testing/fake-client.ts';
import { renderDesk } from '../../testing/render.tsx';
import { RecentImports } from './recent-imports.tsx';

afterEach(cleanup);

const importOf = (id: string, owner: ImportState['owner'], stage: ImportState['stage']): ImportState => ({
  id,
  fileName: `${id}.csv`,
  bytes: 10,
  owner,
  createdAt: '2026-01-01T10:00:00.000Z',
  stage,
  settings: null,
  cancelling: false,
  steps: [],
  imported: 0,
  problem: null,
  trouble: null,
});

test('administrators see the imports of others apart from their own, with whose each is and how far', async () => {
  const own = importOf('mine', { id: 'me', name: 'Inés Robles' }, 'done');
  const running = importOf('theirs', { id: 'u2', name: 'Bo Lind' }, 'running');
  await renderDesk(new FakeClient(), <RecentImports imports={[running, own]} />, 'admin');
  const others = screen.getByRole('region', { name: 'Brought by others' });
  expect(within(others).getByRole('link').textContent).toMatch(/^theirs\.csv.*Bo Lind.*Running$/);
  const mine = screen.getByRole('region', { name: 'Brought within the last hour' });
  expect(within(mine).getByRole('link').textContent).not.toContain('Inés Robles');
});
