import { z } from 'zod';
import { ADMINS } from '../base/roles.ts';
import { defineRoute } from '../base/route.ts';
import { line } from '../base/text.ts';
import { Email, Password, SetupProgress } from '../nouns/accounts.ts';

/** The first run: the administrator's account, then what remains, which every administrator may bring to its end. */
export const setupRoutes = {
  get_setup: defineRoute({
    name: 'get_setup',
    method: 'GET',
    path: '/api/setup',
    summary:
      'Whether this desk waits for its administrator; `byLink`: for who has the link that the server printed.',
    access: 'anyone',
    result: z.object({ needed: z.boolean(), byLink: z.literal(true).optional() }),
  }),
  set_up: defineRoute({
    name: 'set_up',
    method: 'POST',
    path: '/api/setup',
    summary: 'Make the first account, an administrator’s. Of several who try at once, one gets it.',
    access: 'anyone',
    body: z.strictObject({
      name: line(100),
      email: Email,
      password: Password,
      /** Of the link that the server prints when it starts. */
      token: z.string().max(200).optional(),
    }),
    status: 201,
    errors: ['conflict'],
  }),
  get_setup_progress: defineRoute({
    name: 'get_setup_progress',
    method: 'GET',
    path: '/api/setup/progress',
    summary: 'What of the first run is done.',
    access: ADMINS,
    result: SetupProgress,
  }),
  add_sample_goods: defineRoute({
    name: 'add_sample_goods',
    method: 'POST',
    path: '/api/setup/sample',
    summary: 'Fill an empty desk with made-up goods.',
    access: ADMINS,
    errors: ['conflict'],
  }),
  finish_setup: defineRoute({
    name: 'finish_setup',
    method: 'POST',
    path: '/api/setup/finish',
    summary: 'End the first run: what remains can be done later, in the settings.',
    access: ADMINS,
  }),
};
