import { z } from 'zod';
import { defineRoute } from '../base/route.ts';
import { Invite, InviteAccept, InviteLook } from '../nouns/accounts.ts';

/** What the holder of an invitation's link may do, without an account. Each guess counts as a try to sign in. */
export const inviteRoutes = {
  look_at_invite: defineRoute({
    name: 'look_at_invite',
    method: 'POST',
    path: '/api/invite',
    summary: 'What a link invites to; one answer for every link that is no good.',
    access: 'anyone',
    body: InviteLook,
    result: z.object({ invite: Invite }),
    errors: ['not_found'],
  }),
  accept_invite: defineRoute({
    name: 'accept_invite',
    method: 'POST',
    path: '/api/invite/accept',
    summary: 'Make the account that a link invites to. The link is used up.',
    access: 'anyone',
    body: InviteAccept,
    result: z.object({ invite: Invite }),
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
};
