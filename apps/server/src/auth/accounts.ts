import { line, MIN_PASSWORD, Role } from '@almenara/events';
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { admin, bearer } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, userAc } from 'better-auth/plugins/admin/access';
import { z } from 'zod';
import type { Db } from '../database/client.ts';
import { isOurOrigin } from './origin.ts';

export const KEY_PREFIX = 'alm_';
export const COOKIE_PREFIX = 'almenara';
/** How long a session lasts that nobody uses, and how old one is that gets a later end when it is used. */
export const SESSION_MS = 30 * 86_400_000;
export const SESSION_RENEWED_MS = 86_400_000;
/** By which http/ tells where a request comes from. */
export const ADDRESS_HEADER = 'x-almenara-address';

export interface AccountsOptions {
  readonly db: Db;
  readonly secret: string;
  readonly publicUrl: string | undefined;
  readonly newId: () => string;
  /** Awaited before the answer to any request that may end or change a session. */
  changed(): Promise<void>;
}

const access = createAccessControl(defaultStatements);
const roles = {
  admin: access.newRole(adminAc.statements),
  operator: access.newRole(userAc.statements),
  viewer: access.newRole(userAc.statements),
};

/** What its users may write about themselves goes to everybody's screen; and one user has one role. */
const UserFields = z.object({
  name: line(100).optional(),
  image: z.null().optional(),
  role: Role.nullable().optional(),
});

function checkUser<T extends object>(user: T): T {
  const checked = UserFields.safeParse(user);
  if (checked.success) return { ...user, ...checked.data };
  const [issue] = checked.error.issues;
  throw new APIError('BAD_REQUEST', { message: `${issue?.path.join('.')}: ${issue?.message}` });
}

const DEACTIVATED = 'This account is deactivated. Ask an administrator of this desk.';

/** better-auth, set up for a desk: no public sign-up, our roles, keys that only administrators make. */
export function createAccounts({ db, secret, publicUrl, newId, changed }: AccountsOptions) {
  return betterAuth({
    database: prismaAdapter(db, { provider: 'postgresql' }),
    secret,
    ...(publicUrl !== undefined && { baseURL: publicUrl }),
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD },
    session: { expiresIn: SESSION_MS / 1000, updateAge: SESSION_RENEWED_MS / 1000 },
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin') ?? undefined;
      const host = request?.headers.get('host') ?? undefined;
      return origin !== undefined && isOurOrigin(origin, host, publicUrl) ? [origin] : [];
    },
    // Tries to sign in are counted in http/, by address and by account.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      database: { generateId: newId },
      // Set in http/ from the connection, never by the caller; an address is kept whole.
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 128 },
    },
    logger: { disabled: true },
    // What is no refusal comes to us as it is, to be told and logged like all other faults.
    onAPIError: { throw: true },
    databaseHooks: {
      user: {
        create: { before: async (user) => ({ data: checkUser(user) }) },
        update: { before: async (user) => ({ data: checkUser(user) }) },
      },
    },
    hooks: {
      after: createAuthMiddleware(async (context) => {
        if (context.method !== 'GET' && !context.path?.startsWith('/sign-in')) await changed();
      }),
    },
    plugins: [
      bearer(),
      admin({
        ac: access,
        roles,
        defaultRole: 'viewer',
        adminRoles: ['admin'],
        bannedUserMessage: DEACTIVATED,
      }),
      apiKey({ defaultPrefix: KEY_PREFIX, rateLimit: { enabled: false }, requireName: true }),
    ],
  });
}

export type Accounts = ReturnType<typeof createAccounts>;
