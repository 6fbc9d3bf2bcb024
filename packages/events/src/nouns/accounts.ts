import { z } from 'zod';
import { Role, Timestamp, Uuid } from '../base/primitives.ts';
import { line } from '../base/text.ts';

/**
 * Accounts are not in the log: they are read by queries and changed over routes of their own (`account-queries.ts`,
 * `routes/`), and what happens to them is in a record that only administrators read.
 */

export const MIN_PASSWORD = 10;
export const Password = z.string().min(MIN_PASSWORD).max(128);
export const Email = z.email().max(254).toLowerCase();

/** Somebody with an account, as administrators see them. */
export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  /** Whoever is not may not sign in, and their sessions and keys are of no use. */
  active: z.boolean(),
  createdAt: Timestamp,
  /** To within five minutes. */
  lastSeenAt: Timestamp.nullable(),
  /** How many API keys act for them. */
  keys: z.int(),
});
export type Person = z.infer<typeof Person>;

export const PersonChange = z
  .strictObject({ role: Role.optional(), active: z.boolean().optional() })
  .refine(({ role, active }) => role !== undefined || active !== undefined, 'role or active');

export const Invitation = z.object({
  id: Uuid,
  email: z.string(),
  name: z.string(),
  role: Role,
  invitedBy: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
});
export type Invitation = z.infer<typeof Invitation>;

export const InvitationInput = z.strictObject({ email: Email, name: line(100), role: Role });
/** `token` is to be had here and never again; the link is `/invite/{token}`. */
export const NewInvitation = z.object({ invitation: Invitation, token: z.string() });

const InviteToken = z.string().min(1).max(200);
export const InviteLook = z.strictObject({ token: InviteToken });
export const InviteAccept = z.strictObject({ token: InviteToken, password: Password });
/** What the invited sees before there is an account. */
export const Invite = z.object({
  email: z.string(),
  name: z.string(),
  role: Role,
  company: z.string().nullable(),
});
export type Invite = z.infer<typeof Invite>;

/** One browser or program that is signed in. */
export const Device = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  /** The User-Agent it gave. */
  agent: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
});
export type Device = z.infer<typeof Device>;

export const PasswordChange = z.strictObject({
  current: z.string().min(1).max(128),
  next: Password,
  /** Ends every other session of this account. */
  signOutOthers: z.boolean().default(false),
});

export const KeyInput = z.strictObject({
  name: line(32),
  role: Role,
  /** Days until it ends by itself; none: never. */
  expiresInDays: z.int().min(1).max(3650).optional(),
});

export const Key = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** The first characters, to tell keys apart. */
  start: z.string(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  expiresAt: Timestamp.nullable(),
});
export type Key = z.infer<typeof Key>;

export const AccountEventKind = z.enum([
  'signed_in',
  'sign_in_refused',
  'administrator_made',
  'invited',
  'invitation_withdrawn',
  'invitation_accepted',
  'password_changed',
  'role_changed',
  'deactivated',
  'reactivated',
  'session_ended',
  'key_made',
  'key_revoked',
]);
export type AccountEventKind = z.infer<typeof AccountEventKind>;

/** Why a sign-in was refused; who tries is not told which of the first two it was. */
export const RefusedReason = z.enum([
  'wrong_password',
  'unknown_email',
  'deactivated',
  'rate_limited',
  'invalid',
]);
export type RefusedReason = z.infer<typeof RefusedReason>;

export const AccountEvent = z.object({
  id: Uuid,
  at: Timestamp,
  kind: AccountEventKind,
  /** Whose account, by what it is called now; null where there is no such account. */
  name: z.string().nullable(),
  /** The account's address, or what was typed. */
  email: z.string().nullable(),
  /** Who did it, where that is somebody else. */
  by: z.string().nullable(),
  reason: RefusedReason.nullable(),
  /** Of a changed role `from>to`; of an invitation its role; of a key its name. */
  detail: z.string().nullable(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
});
export type AccountEvent = z.infer<typeof AccountEvent>;

/** What of the first run is done. */
export const SetupProgress = z.object({
  /** It began with this desk's administrator and has not been brought to its end. */
  pending: z.boolean(),
  company: z.boolean(),
  zones: z.int(),
  /** Neither products nor clients nor orders. */
  empty: z.boolean(),
});
export type SetupProgress = z.infer<typeof SetupProgress>;
