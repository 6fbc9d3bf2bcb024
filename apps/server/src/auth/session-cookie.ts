import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Accounts } from './accounts.ts';

/** Reads better-auth's session cookie, which is its token and a signature of it, without a question to the database. */
export class SessionCookie {
  private readonly accounts: Accounts;

  constructor(accounts: Accounts) {
    this.accounts = accounts;
  }

  /** The token in a `Cookie` header, or null where there is none that we have signed. */
  async tokenIn(cookies: string): Promise<string | null> {
    const { authCookies, secret } = await this.accounts.$context;
    const value = cookieNamed(authCookies.sessionToken.name, cookies);
    const [, token, signature] = /^([\w-]+)\.([\w+/]+=)$/.exec(value ?? '') ?? [];
    if (token === undefined || signature === undefined) return null;
    const ours = createHmac('sha256', secret).update(token).digest();
    const theirs = Buffer.from(signature, 'base64');
    return ours.length === theirs.length && timingSafeEqual(ours, theirs) ? token : null;
  }
}

/** The first of that name counts, as for better-auth. */
function cookieNamed(name: string, cookies: string): string | null {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=');
    if (at === -1 || pair.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(at + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}
