import { z } from 'zod';
import { defineQuery } from '../base/define.ts';
import { pageOf, pageParams } from '../base/page.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ADMINS } from '../base/roles.ts';
import { AccountEvent, Invitation, Key, Person } from './accounts.ts';

/** No parameters. What is sent beside is let pass, as it was before these were queries. */
const None = z.object({});

/** What administrators read of accounts. */
export const accountQueries = {
  list_people: defineQuery({
    name: 'list_people',
    summary: 'Everybody with an account, by name: role, last use and keys.',
    params: z.strictObject({ ...pageParams }),
    result: pageOf(Person),
    roles: ADMINS,
    path: QUERY_PATHS.list_people,
  }),
  list_invitations: defineQuery({
    name: 'list_invitations',
    summary: 'Invitations that nobody has accepted yet, the newest first; those that have expired too.',
    params: None,
    result: z.object({ items: z.array(Invitation) }),
    roles: ADMINS,
    path: QUERY_PATHS.list_invitations,
  }),
  list_sign_ins: defineQuery({
    name: 'list_sign_ins',
    summary: 'What happened to accounts within a year, sign-ins among it, the newest first.',
    params: z.strictObject({
      ...pageParams,
      /** Only sign-ins that were refused, or everything but sign-ins. */
      only: z.enum(['refused', 'changes']).optional(),
    }),
    result: pageOf(AccountEvent),
    roles: ADMINS,
    path: QUERY_PATHS.list_sign_ins,
  }),
  list_keys: defineQuery({
    name: 'list_keys',
    summary: 'API keys, the newest first; of each its first characters.',
    params: None,
    result: z.object({ items: z.array(Key) }),
    roles: ADMINS,
    path: QUERY_PATHS.list_keys,
  }),
};
