import { ROLES, type Role } from '@almenara/events';
import { inCookieTurn } from './cookie-turn.ts';
import { post, request } from './request.ts';
import { anything, isFields, type Shape, shape } from './shape.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Null for what is no account. */
export function readAccount(value: unknown): Account | null {
  if (!isFields(value)) return null;
  const { id, name, email } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof email !== 'string') return null;
  // A newer server may have roles that this page does not know: they get what everybody may do, which is to
  // look.
  return { id, name, email, role: ROLES.find((role) => role === value.role) ?? 'viewer' };
}

const signedIn: Shape<{ user: Account }> = shape((value) => {
  const user = isFields(value) ? readAccount(value.user) : null;
  return user && { data: { user } };
});

const nobodyOrSomebody: Shape<Account | null> = shape((value) => {
  if (value === null) return { data: null };
  const user = isFields(value) ? readAccount(value.user) : null;
  return user && { data: user };
});

const isFlag = <K extends string>(value: unknown, name: K): value is { readonly [N in K]: boolean } =>
  isFields(value) && typeof value[name] === 'boolean';

/**
 * Some networks accept a request and never answer: after this the page shows what this browser keeps, as
 * without network.
 */
const patience = (): RequestInit => ({ signal: AbortSignal.timeout(4000) });

/** Who is signed in on this browser, or null. */
export const getAccount = (): Promise<Account | null> =>
  inCookieTurn('look', () => request(nobodyOrSomebody, '/api/auth/get-session', patience()));

export const signIn = (email: string, password: string): Promise<{ user: Account }> =>
  inCookieTurn('change', () => post(signedIn, '/api/auth/sign-in/email', { email, password }));

export const signOut = (): Promise<unknown> =>
  inCookieTurn('change', () => post(anything, '/api/auth/sign-out', {}));

const setup: Shape<{ needed: boolean; byLink: boolean }> = shape((value) =>
  isFlag(value, 'needed') ? { data: { needed: value.needed, byLink: isFlag(value, 'byLink') } } : null,
);

/** A desk without accounts waits for its administrator; `byLink`: for who has the link that the server printed. */
export const getSetup = (): Promise<{ needed: boolean; byLink: boolean }> => request(setup, '/api/setup');

export const setUp = (input: {
  name: string;
  email: string;
  password: string;
  token?: string;
}): Promise<unknown> => post(anything, '/api/setup', input);

const about: Shape<{ demo: boolean; setup: boolean }> = shape((value) =>
  isFlag(value, 'demo') && isFlag(value, 'setup') ? { data: value } : null,
);

/** `demo`: the demo accounts exist. `setup`: the first run is not finished. */
export const getAbout = (): Promise<{ demo: boolean; setup: boolean }> =>
  request(about, '/api/about', patience()).catch(() => ({ demo: false, setup: false }));
