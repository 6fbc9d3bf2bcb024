import { z } from 'zod';
import { Role } from '../base/primitives.ts';
import { ADMINS } from '../base/roles.ts';
import { defineRoute } from '../base/route.ts';
import { line } from '../base/text.ts';

/** An account as its session tells it; better-auth adds fields that nobody here relies on. */
const Account = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
});

/**
 * What of better-auth is open, at its own paths. It parses what it is sent and sees to access itself, so these
 * schemas tell what it takes and are not applied by us.
 */
export const betterAuthRoutes = {
  sign_in: defineRoute({
    name: 'sign_in',
    method: 'POST',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in: sets the session cookie; `token` is the same session for programs, as `Bearer`.',
    access: 'anyone',
    body: z.object({ email: z.string(), password: z.string() }),
    result: z.object({ token: z.string(), user: Account }),
  }),
  sign_up: defineRoute({
    name: 'sign_up',
    method: 'POST',
    path: '/api/auth/sign-up/email',
    summary: 'Refused, always: people come by invitation.',
    access: 'anyone',
    body: z.object({ email: z.string(), password: z.string(), name: z.string() }),
  }),
  sign_out: defineRoute({
    name: 'sign_out',
    method: 'POST',
    path: '/api/auth/sign-out',
    summary: 'End this session; whoever has none is signed out already.',
    access: 'anyone',
    result: z.object({ success: z.boolean() }),
  }),
  get_session: defineRoute({
    name: 'get_session',
    method: 'GET',
    path: '/api/auth/get-session',
    summary: 'Who is signed in; null for nobody.',
    access: 'anyone',
    result: z.object({ user: Account }).nullable(),
  }),
  update_account: defineRoute({
    name: 'update_account',
    method: 'POST',
    path: '/api/auth/update-user',
    summary: 'Change one’s own name.',
    access: 'signed in',
    body: z.object({ name: line(100) }),
    result: z.object({ status: z.boolean() }),
  }),
};

/** At better-auth's path and with its answer, for programs that know it; the checks are ours. */
export const setRole = defineRoute({
  name: 'set_role',
  method: 'POST',
  path: '/api/auth/admin/set-role',
  summary: 'Change somebody’s role, for programs that know better-auth; others use `change_person`.',
  access: ADMINS,
  body: z.object({ userId: z.string().min(1).max(100), role: Role }),
  result: z.object({ user: Account.loose() }),
  errors: ['not_found', 'conflict'],
});
