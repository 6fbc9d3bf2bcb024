import { defaultKeyHasher } from '@better-auth/api-key';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/client.ts';
import { roleOf } from '../domain/users.ts';
import { Joined } from '../joined.ts';
import {
  type KeyRow,
  keysByHash,
  keysById,
  type SessionRow,
  sessionsByToken,
  sessionsToLookAt,
} from './account-rows.ts';
import { type Accounts, KEY_PREFIX, SESSION_MS, SESSION_RENEWED_MS } from './accounts.ts';
import type { Credentials } from './credentials.ts';
import { keyRole } from './key-role.ts';
import { lesserRole, type Nobody, type Principal } from './principal.ts';
import { dueBefore, markSeen, markUsed } from './seen.ts';
import { SessionCookie } from './session-cookie.ts';

/** Who comes at the same time is looked up together, by two statements at a time at most. */
const LOOKUPS = { atOnce: 2, questions: 256 };

/**
 * Finds out who asks, by session token, API key or cookie, and whether those found earlier are still who they were. It
 * reads what better-auth wrote, by itself: a crowd that comes back costs some statements, not some for each.
 */
export class Authenticator {
  private readonly accounts: Accounts;
  private readonly db: Db;
  private readonly clock: Clock;
  private readonly cookie: SessionCookie;
  private readonly sessions: Joined<SessionRow>;
  private readonly keys: Joined<KeyRow>;
  private readonly renewing = new Set<string>();
  private renewals: Promise<void> = Promise.resolve();

  constructor(accounts: Accounts, db: Db, clock: Clock) {
    this.accounts = accounts;
    this.db = db;
    this.clock = clock;
    this.cookie = new SessionCookie(accounts);
    this.sessions = new Joined(LOOKUPS, async (tokens) => {
      const found = await sessionsByToken(db, tokens);
      const now = clock.now();
      await markSeen(
        db,
        [...found.values()].filter(({ expiresAt, banned }) => expiresAt > now && !banned),
        now,
      );
      return found;
    });
    this.keys = new Joined(LOOKUPS, async (hashes) => {
      const found = await keysByHash(db, hashes);
      const now = clock.now();
      await markUsed(
        db,
        [...found.values()].filter((key) => ofKey(key, now)),
        now,
      );
      return found;
    });
  }

  /** The caller has checked the origin of a cookie. */
  async find({ token, apiKey, authorization, cookie }: Credentials): Promise<Principal | Nobody> {
    if (token !== undefined) return this.byToken(token);
    if (apiKey !== undefined) return apiKey.startsWith(KEY_PREFIX) ? this.byToken(apiKey) : 'unauthenticated';
    const [, bearer] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? [];
    if (bearer) return this.byToken(bearer);
    return cookie === undefined ? 'unauthenticated' : this.byCookie(cookie);
  }

  /**
   * Looks again at principals found before: the same object for one that is unchanged, null for one whose session
   * is over, whose key is gone, or whose role is another.
   */
  async recheck(principals: readonly Principal[]): Promise<Map<Principal, 'same' | 'expired' | 'revoked'>> {
    // Of one session several may be known, by a role of before and by the one of now.
    const of = (kind: Principal['via']['kind']): { id: string; role: string }[] =>
      principals.flatMap(({ via, role }) => (via.kind === kind ? [{ id: via.id, role }] : []));
    const now = this.clock.now();
    const [sessions, keys] = await Promise.all([
      sessionsToLookAt(this.db, of('session'), { now, due: dueBefore(now) }),
      keysById(this.db, [...new Set(of('key').map(({ id }) => id))]),
    ]);
    await markSeen(
      this.db,
      [...sessions.values()].filter((row): row is SessionRow => row !== null && row.expiresAt > now),
      now,
    );
    const judge = ({ via, role }: Principal): 'same' | 'expired' | 'revoked' => {
      const row = (via.kind === 'session' ? sessions : keys).get(via.id);
      // Of a session nothing is said where all is as it was.
      if (row === undefined && via.kind === 'session') return 'same';
      if (!row) return 'revoked';
      if (row.expiresAt && row.expiresAt <= now) return 'expired';
      const found = 'token' in row ? ofSession(row) : ofKey(row, now);
      return found?.role === role ? 'same' : 'revoked';
    };
    return new Map(principals.map((principal) => [principal, judge(principal)]));
  }

  /** `token` is a session token or an API key. */
  private async byToken(token: string): Promise<Principal | Nobody> {
    // Ours are plain; anything else is none, and may hold what no database takes.
    if (!/^[!-~]+$/.test(token)) return 'unauthenticated';
    if (token.startsWith(KEY_PREFIX)) return this.byKey(token);
    // better-auth also hands tokens out with their signature behind a dot; the token alone is the secret.
    const [bare = ''] = token.split('.');
    return this.behind(await this.sessions.answer(bare));
  }

  private async byKey(key: string): Promise<Principal | Nobody> {
    const row = await this.keys.answer(await defaultKeyHasher(key));
    return (row && ofKey(row, this.clock.now())) ?? 'unauthenticated';
  }

  private async byCookie(cookie: string): Promise<Principal | Nobody> {
    const token = await this.cookie.tokenIn(cookie);
    if (token === null) return 'unauthenticated';
    const row = await this.sessions.answer(token);
    const found = this.behind(row);
    if (!row || typeof found === 'string' || !this.isToRenew(row)) return found;
    this.renew(row.id, cookie);
    return found;
  }

  private isToRenew({ expiresAt }: SessionRow): boolean {
    return expiresAt.getTime() - SESSION_MS + SESSION_RENEWED_MS <= this.clock.now().getTime();
  }

  /** Has better-auth give the session a later end. Nobody waits for that: what fails is tried at its next use. */
  private renew(id: string, cookie: string): void {
    if (this.renewing.has(id)) return;
    this.renewing.add(id);
    this.renewals = this.renewals
      .then(() => this.accounts.api.getSession({ headers: new Headers({ cookie }) }))
      .catch(() => null)
      .then(() => void this.renewing.delete(id));
  }

  private behind(row: SessionRow | undefined): Principal | Nobody {
    if (!row) return 'unauthenticated';
    if (row.expiresAt <= this.clock.now()) return 'expired';
    return ofSession(row) ?? 'unauthenticated';
  }
}

function ofSession({ id, ...holder }: SessionRow): Principal | null {
  if (holder.banned) return null;
  const { userId, name, role } = holder;
  return { userId, name, role: roleOf(role), via: { kind: 'session', id } };
}

function ofKey({ id, permissions, enabled, expiresAt, ...owner }: KeyRow, now: Date): Principal | null {
  if (owner.banned || enabled === false || (expiresAt && expiresAt <= now)) return null;
  const { userId, name } = owner;
  const role = lesserRole(keyRole(permissions), roleOf(owner.role));
  return { userId, name, role, via: { kind: 'key', id } };
}
