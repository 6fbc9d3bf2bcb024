import { z } from 'zod';
import { ADMINS } from '../base/roles.ts';
import { defineRoute } from '../base/route.ts';
import { InvitationInput, Key, KeyInput, NewInvitation, Person, PersonChange } from '../nouns/accounts.ts';

const invitationParams = z.object({ invitationId: z.string() });

/** What administrators do with accounts: people, invitations, API keys. They read them by queries. */
export const peopleRoutes = {
  change_person: defineRoute({
    name: 'change_person',
    method: 'PATCH',
    path: '/api/people/{userId}',
    summary: 'Change somebody’s role, or whether they may sign in. Nobody changes themselves.',
    access: ADMINS,
    params: z.object({ userId: z.string() }),
    body: PersonChange,
    result: z.object({ person: Person }),
    errors: ['not_found', 'conflict'],
  }),
  invite_person: defineRoute({
    name: 'invite_person',
    method: 'POST',
    path: '/api/invitations',
    summary: 'Invite somebody: `token` makes the link, `/invite/{token}`, and is told once.',
    access: ADMINS,
    body: InvitationInput,
    result: NewInvitation,
    status: 201,
    errors: ['conflict'],
  }),
  renew_invitation: defineRoute({
    name: 'renew_invitation',
    method: 'POST',
    path: '/api/invitations/{invitationId}/link',
    summary: 'Make a new link, for another seven days; the one before is of no use any more.',
    access: ADMINS,
    params: invitationParams,
    result: NewInvitation,
    status: 201,
    errors: ['not_found'],
  }),
  withdraw_invitation: defineRoute({
    name: 'withdraw_invitation',
    method: 'DELETE',
    path: '/api/invitations/{invitationId}',
    summary: 'Withdraw an invitation.',
    access: ADMINS,
    params: invitationParams,
    errors: ['not_found'],
  }),
  make_key: defineRoute({
    name: 'make_key',
    method: 'POST',
    path: '/api/keys',
    summary: 'Make an API key that acts for whoever makes it, by a role of its own; `key` is told once.',
    access: ADMINS,
    body: KeyInput,
    result: Key.extend({ key: z.string() }),
    status: 201,
  }),
  revoke_key: defineRoute({
    name: 'revoke_key',
    method: 'DELETE',
    path: '/api/keys/{keyId}',
    summary: 'Revoke an API key; connections that use it end.',
    access: ADMINS,
    params: z.object({ keyId: z.string() }),
    errors: ['not_found'],
  }),
};
