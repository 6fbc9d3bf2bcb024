import {
  AccountEvents,
  Device,
  Invitation,
  type InvitationInput,
  Invite,
  Key,
  type KeyInput,
  NewInvitation,
  type PasswordChange,
  People,
  Person,
  type PersonChange,
  SetupProgress,
} from '@almenara/events';
import { z } from 'zod';
import { post, request, send } from './request.ts';

/** Accounts, keys and the first run: plain HTTP, outside the log. */

const Nothing = z.unknown();
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export async function getPeople(signal: AbortSignal): Promise<Person[]> {
  const people: Person[] = [];
  let cursor = '';
  do {
    const page = await request(People, `/api/people?limit=200${cursor && `&cursor=${cursor}`}`, { signal });
    people.push(...page.items);
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return people;
}
export const changePerson = async (id: string, change: z.input<typeof PersonChange>): Promise<Person> =>
  (await send('PATCH', z.object({ person: Person }), `/api/people/${encodeURIComponent(id)}`, change)).person;

export const getInvitations = async (signal: AbortSignal): Promise<Invitation[]> =>
  (await request(listOf(Invitation), '/api/invitations', { signal })).items;
export const invite = (input: z.input<typeof InvitationInput>): Promise<z.output<typeof NewInvitation>> =>
  post(NewInvitation, '/api/invitations', input);
export const renewInvitation = (id: string): Promise<z.output<typeof NewInvitation>> =>
  post(NewInvitation, `/api/invitations/${id}/link`, {});
export const withdrawInvitation = (id: string): Promise<unknown> =>
  request(Nothing, `/api/invitations/${id}`, { method: 'DELETE' });

export const lookAtInvite = async (token: string): Promise<Invite> =>
  (await post(z.object({ invite: Invite }), '/api/invite', { token })).invite;
export const acceptInvite = async (token: string, password: string): Promise<Invite> =>
  (await post(z.object({ invite: Invite }), '/api/invite/accept', { token, password })).invite;

export const getDevices = async (signal: AbortSignal): Promise<Device[]> =>
  (await request(listOf(Device), '/api/me/sessions', { signal })).items;
export const endDevice = (id: string): Promise<unknown> =>
  request(Nothing, `/api/me/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
export const endOtherDevices = (): Promise<unknown> =>
  request(Nothing, '/api/me/sessions', { method: 'DELETE' });
export const changePassword = (input: z.input<typeof PasswordChange>): Promise<unknown> =>
  post(Nothing, '/api/me/password', input);
export const changeName = (name: string): Promise<unknown> =>
  post(Nothing, '/api/auth/update-user', { name });

export const getKeys = async (signal: AbortSignal): Promise<Key[]> =>
  (await request(listOf(Key), '/api/keys', { signal })).items;
const NewKey = Key.extend({ key: z.string() });
export const makeKey = (input: z.input<typeof KeyInput>): Promise<z.output<typeof NewKey>> =>
  post(NewKey, '/api/keys', input);
export const revokeKey = (id: string): Promise<unknown> =>
  request(Nothing, `/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const getAccountEvents = (
  params: { only?: string; cursor?: string },
  signal?: AbortSignal,
): Promise<z.output<typeof AccountEvents>> =>
  request(AccountEvents, `/api/sign-ins?${new URLSearchParams(params)}`, signal ? { signal } : {});

export const getSetupProgress = (signal?: AbortSignal): Promise<SetupProgress> =>
  request(SetupProgress, '/api/setup/progress', signal ? { signal } : {});
export const addSampleGoods = (): Promise<unknown> => post(Nothing, '/api/setup/sample', {});
export const finishSetup = (): Promise<unknown> => post(Nothing, '/api/setup/finish', {});
