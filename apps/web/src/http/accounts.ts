import type {
  Device,
  Invitation,
  InvitationInput,
  Invite,
  Key,
  KeyInput,
  NewInvitation,
  PasswordChange,
  Person,
  PersonChange,
  QueryInput,
  QueryResult,
  SetupProgress,
} from '@almenara/events';
import type { z } from 'zod';
import { inCookieTurn } from './cookie-turn.ts';
import { answer, post, query, request, send } from './request.ts';
import { anything } from './shape.ts';

/** Accounts, keys and the first run: plain HTTP, outside the log. */

interface ListOf<T> {
  readonly items: T[];
}

export async function getPeople(signal: AbortSignal): Promise<Person[]> {
  const people: Person[] = [];
  let cursor: string | undefined;
  do {
    const page = await query('list_people', { limit: 200, cursor }, signal);
    people.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return people;
}
export const changePerson = async (id: string, change: z.input<typeof PersonChange>): Promise<Person> =>
  (await send('PATCH', answer<{ person: Person }>(), `/api/people/${encodeURIComponent(id)}`, change)).person;

export const getInvitations = async (signal: AbortSignal): Promise<Invitation[]> =>
  (await query('list_invitations', {}, signal)).items;
export const invite = (input: z.input<typeof InvitationInput>): Promise<z.output<typeof NewInvitation>> =>
  post(answer<z.output<typeof NewInvitation>>(), '/api/invitations', input);
export const renewInvitation = (id: string): Promise<z.output<typeof NewInvitation>> =>
  post(answer<z.output<typeof NewInvitation>>(), `/api/invitations/${id}/link`, {});
export const withdrawInvitation = (id: string): Promise<unknown> =>
  request(anything, `/api/invitations/${id}`, { method: 'DELETE' });

export const lookAtInvite = async (token: string): Promise<Invite> =>
  (await post(answer<{ invite: Invite }>(), '/api/invite', { token })).invite;
export const acceptInvite = async (token: string, password: string): Promise<Invite> =>
  (await post(answer<{ invite: Invite }>(), '/api/invite/accept', { token, password })).invite;

export const getDevices = async (signal: AbortSignal): Promise<Device[]> =>
  (await request(answer<ListOf<Device>>(), '/api/me/sessions', { signal })).items;
export const endDevice = (id: string): Promise<unknown> =>
  request(anything, `/api/me/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
export const endOtherDevices = (): Promise<unknown> =>
  request(anything, '/api/me/sessions', { method: 'DELETE' });
export const changePassword = (input: z.input<typeof PasswordChange>): Promise<unknown> =>
  post(anything, '/api/me/password', input);
export const changeName = (name: string): Promise<unknown> =>
  inCookieTurn('look', () => post(anything, '/api/auth/update-user', { name }));

export const getKeys = async (signal: AbortSignal): Promise<Key[]> =>
  (await query('list_keys', {}, signal)).items;
type NewKey = Key & { readonly key: string };
export const makeKey = (input: z.input<typeof KeyInput>): Promise<NewKey> =>
  post(answer<NewKey>(), '/api/keys', input);
export const revokeKey = (id: string): Promise<unknown> =>
  request(anything, `/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const getAccountEvents = (
  params: QueryInput<'list_sign_ins'>,
  signal?: AbortSignal,
): Promise<QueryResult<'list_sign_ins'>> => query('list_sign_ins', params, signal);

export const getSetupProgress = (signal?: AbortSignal): Promise<SetupProgress> =>
  request(answer<SetupProgress>(), '/api/setup/progress', signal ? { signal } : {});
export const addSampleGoods = (): Promise<unknown> => post(anything, '/api/setup/sample', {});
export const finishSetup = (): Promise<unknown> => post(anything, '/api/setup/finish', {});
