import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { useTopic } from '../realtime/index.ts';
import { FakeClient } from '../testing/fake-client.ts';
import { renderDesk } from '../testing/render.tsx';
import { CompanyForm } from './company-form.tsx';

afterEach(cleanup);

const named = (name: string, version: number) => ({
  company: { name, currency: 'EUR', lateAfterHours: 24, version, updatedAt: '2026-01-01T00:00:00.000Z' },
});

function Form() {
  const { view } = useTopic('company');
  return view && <CompanyForm company={view.company} submit="Save" onSaved={() => {}} />;
}

test('what was kept from another time gives way to what is live, but for what has been typed', async () => {
  const client = new FakeClient();
  client.show('company', { company: null });
  await renderDesk(client, <Form />);
  const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Company name' });
  client.show('company', named('Mora', 1));
  await screen.findByDisplayValue('Mora');
  expect(screen.queryByRole('button', { name: 'Take over the new state' })).toBeNull();

  await userEvent.type(name, ' & Co');
  client.show('company', named('Mora & Daughters', 2));
  await userEvent.click(await screen.findByRole('button', { name: 'Take over the new state' }));
  expect(name.value).toBe('Mora & Daughters');
});
