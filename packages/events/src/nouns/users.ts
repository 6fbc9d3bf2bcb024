import { z } from 'zod';
import { defineEvent, defineQuery } from '../base/define.ts';
import { pageOf, pageParams } from '../base/page.ts';
import { Role } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES } from '../base/roles.ts';

/** `active`: may sign in and be given work. Others are listed for their names, which stand in what they have done. */
export const User = z.object({ id: z.string(), name: z.string(), role: Role, active: z.boolean() });
export type User = z.infer<typeof User>;

const PersonResult = z.object({ person: User });

/** Told by the database itself, whoever changes an account: no command has made them. */
export const userEvents = {
  person_added: defineEvent('person_added', 'Somebody has an account now.', PersonResult),
  person_changed: defineEvent(
    'person_changed',
    'Somebody has another name or role, or was deactivated or activated again.',
    PersonResult,
  ),
  person_removed: defineEvent('person_removed', 'An account is gone.', z.object({ userId: z.string() })),
};

export const peopleSnapshot = z.object({ people: z.array(User) });

export const userQueries = {
  list_users: defineQuery({
    name: 'list_users',
    summary: 'The people of this desk, by name.',
    params: z.strictObject({ ...pageParams }),
    result: pageOf(User),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_users,
  }),
  get_stats: defineQuery({
    name: 'get_stats',
    summary: 'How many connections and users this node serves, and how many follow each topic.',
    params: z.strictObject({}),
    result: z.object({ connections: z.int(), users: z.int(), rooms: z.record(z.string(), z.int()) }),
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_stats,
  }),
};
