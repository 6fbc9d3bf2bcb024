import type { Role } from '@almenara/events';
import type { Request } from 'express';
import type { Authenticator } from '../auth/authenticate.ts';
import { isOurOrigin } from '../auth/origin.ts';
import type { Nobody, Principal } from '../auth/principal.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import { Refused } from '../errors.ts';
import type { Shares } from '../flow/shares.ts';
import { Coalescer } from '../log/coalesce.ts';
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
  // Requests of one user that come together are looked up together.
  const lookups = new Coalescer<Principal | Nobody>();
  return async (request) => {
    const headers = new Headers();
    for (const name of ['cookie', 'authorization', 'x-api-key'] as const) {
      const value = request.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !isOurOrigin(request.header('origin'), request.header('host'), publicUrl))
      headers.delete('cookie');
    const key = JSON.stringify([...headers]);
    const found = await lookups.run(key, () => authenticator.byHeaders(headers));
    if (found === 'expired') throw new Refused('unauthenticated', 'The session has expired. Sign in again.');
    if (found === 'unauthenticated' && [...headers].length > 0) await guard.badCredential(request.ip ?? null);
    if (found === 'unauthenticated') throw new Refused('unauthenticated', 'Sign in first.');
    await takeShare(shares, request, found.userId);
    return found;
  };
}

export function requireRole(principal: Principal, roles: readonly Role[]): void {
  if (!roles.includes(principal.role)) throw new Refused('forbidden', `A ${principal.role} may not do this.`);
}
