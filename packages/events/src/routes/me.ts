import { z } from 'zod';
import { defineRoute } from '../base/route.ts';
import { Device, PasswordChange } from '../nouns/accounts.ts';

/** One's own sessions and password. Not for API keys, which are told `forbidden`: they act for a person and are none. */
export const ownRoutes = {
  list_sessions: defineRoute({
    name: 'list_sessions',
    method: 'GET',
    path: '/api/me/sessions',
    summary: 'Where one is signed in, by last use. Not for keys.',
    access: 'signed in',
    result: z.object({ items: z.array(Device) }),
  }),
  end_other_sessions: defineRoute({
    name: 'end_other_sessions',
    method: 'DELETE',
    path: '/api/me/sessions',
    summary: 'Sign out everywhere else; `ended` says of how many. Not for keys.',
    access: 'signed in',
    result: z.object({ ended: z.int() }),
  }),
  end_session: defineRoute({
    name: 'end_session',
    method: 'DELETE',
    path: '/api/me/sessions/{sessionId}',
    summary: 'Sign out one device.',
    access: 'signed in',
    params: z.object({ sessionId: z.string() }),
    errors: ['not_found'],
  }),
  change_password: defineRoute({
    name: 'change_password',
    method: 'POST',
    path: '/api/me/password',
    summary: 'Change one’s password; takes the current one. Not for keys.',
    access: 'signed in',
    body: PasswordChange,
    errors: ['conflict'],
  }),
};
