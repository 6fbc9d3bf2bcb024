import type { Role } from '@almenara/events';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { startI18n } from '../i18n/i18n.ts';
import { PARTS } from '../i18n/parts.ts';
import { MeContext } from '../people/me.ts';
import { WebSocketProvider } from '../realtime/index.ts';
import type { FakeClient } from './fake-client.ts';

/** Draws inside the desk, connected to the test, in English. */
export async function renderDesk(client: FakeClient, children: ReactNode, role: Role = 'operator') {
  await startI18n('en', PARTS);
  const root = createRootRoute({
    component: () => (
      <MeContext value={{ id: 'me', name: 'Inés Robles', email: 'ines@example.test', role }}>
        <WebSocketProvider client={client}>{children}</WebSocketProvider>
      </MeContext>
    ),
  });
  const router = createRouter({
    routeTree: root,
    history: createMemoryHistory(),
    defaultNotFoundComponent: () => null,
  });
  const view = await act(async () => render(<RouterProvider router={router} />));
  return view;
}
