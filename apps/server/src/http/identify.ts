import type { Role } from '@almenara/events';
import type { Request } from 'express';
import type { Authenticator } from '../auth/authenticate.ts';
import { credentialsOf, hasAny } from '../auth/credentials.ts';
import { isOurOrigin } from '../auth/origin.ts';
import type { Principal } from '../auth/principal.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import { Refused } from '../errors.ts';
import type { Shares } from '../flow/shares.ts';
import { takeShare } from './unread.ts';

export type Identify = (request: Request) => Promise<Principal>;

/**
 * Finds who asks, or throws. A cookie counts only for our own pages: the browser adds it to any page's request. Keys
 * and sessions that are none count by address; good ones never do. Resolves when the user has memory left for one more
 * answer.
 */
export function identifyBy(
  authenticator: Authenticator,
  publicUrl: string | undefined,
  { guard, shares }: { guard: SignInGuard; shares: Shares },
): Identify {
  return async (request) => {
    const { cookie, ...others } = credentialsOf(request.headers);
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    const foreign = changes && !isOurOrigin(request.header('origin'), request.header('host'), publicUrl);
    const credentials = foreign || cookie === undefined ? others : { ...others, cookie };
    const found = await authenticator.find(credentials);
    if (found === 'expired') throw new Refused('unauthenticated', 'The session has expired. Sign in again.');
    if (found === 'unauthenticated' && hasAny(credentials)) await guard.badCredential(request.ip ?? null);
    if (found === 'unauthenticated') throw new Refused('unauthenticated', 'Sign in first.');
    await takeShare(shares, request, found.userId);
    return found;
  };
}

export function requireRole(principal: Principal, roles: readonly Role[]): void {
  if (!roles.includes(principal.role)) throw new Refused('forbidden', `A ${principal.role} may not do this.`);
}
