import { Role } from '@almenara/events';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/client.ts';
import type { DatabaseHealth } from '../database/health.ts';
import { type Accounts, COOKIE_PREFIX, KEY_PREFIX } from './accounts.ts';
import { lesserRole, type Nobody, type Principal } from './principal.ts';
import { markSeen } from './seen.ts';

interface AccountRow {
  id: string;
  name: string;
  role: string | null;
  banned: boolean | null;
}

const roleOf = (role: unknown): Role => Role.catch('viewer').parse(role);

/** Finds out who asks, by session token, API key or cookie, and whether those found earlier are still who they were. */
export class Authenticator {
  private readonly accounts: Accounts;
  private readonly db: Db;
  private readonly clock: Clock;
  private readonly health: DatabaseHealth;

  constructor(accounts: Accounts, db: Db, clock: Clock, health: DatabaseHealth) {
    this.accounts = accounts;
    this.db = db;
    this.clock = clock;
    this.health = health;
  }

  /** `token` is a session token or an API key. */
  async byToken(token: string): Promise<Principal | Nobody> {
    // Ours are plain; anything else is none, and may hold what no database takes.
    if (!/^[!-~]+$/.test(token)) return 'unauthenticated';
    return token.startsWith(KEY_PREFIX) ? this.byKey(token) : this.bySessionToken(token);
  }

  /** The key or token in the headers, else the session cookie. The caller has checked the origin. */
  async byHeaders(headers: Headers): Promise<Principal | Nobody> {
    const key = headers.get('x-api-key');
    if (key) return key.startsWith(KEY_PREFIX) ? this.byToken(key) : 'unauthenticated';
    const [, bearer] = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
    if (bearer) return this.byToken(bearer);
    return this.byCookie(headers);
  }

  /**
   * Looks again at principals found before: the same object for one that is unchanged, null for one whose session
   * is over, whose key is gone, or whose role is another.
   */
  async recheck(principals: readonly Principal[]): Promise<Map<Principal, 'same' | 'expired' | 'revoked'>> {
    const ids = (kind: Principal['via']['kind']): string[] => [
      ...new Set(principals.flatMap(({ via }) => (via.kind === kind ? [via.id] : []))),
    ];
    const sessionIds = ids('session');
    const keyIds = ids('key');
    const [sessions, keys] = await Promise.all([
      sessionIds.length === 0
        ? []
        : this.db.session.findMany({ where: { id: { in: sessionIds } }, include: { user: true } }),
      keyIds.length === 0 ? [] : this.db.apikey.findMany({ where: { id: { in: keyIds } } }),
    ]);
    const owners = new Map(
      keys.length === 0
        ? []
        : (await this.db.user.findMany({ where: { id: { in: keys.map((key) => key.referenceId) } } })).map(
            (user) => [user.id, user],
          ),
    );
    const now = this.clock.now();
    await markSeen(this.db, sessions, now);
    const live = new Map<string, Principal | 'expired'>();
    for (const session of sessions) {
      const principal = session.expiresAt <= now ? 'expired' : ofSession(session);
      if (principal) live.set(`session ${session.id}`, principal);
    }
    for (const key of keys) {
      const owner = owners.get(key.referenceId);
      const principal = key.expiresAt && key.expiresAt <= now ? 'expired' : owner && ofKey(key, owner);
      if (principal && key.enabled !== false) live.set(`key ${key.id}`, principal);
    }
    return new Map(
      principals.map((principal) => {
        const found = live.get(`${principal.via.kind} ${principal.via.id}`);
        if (found === 'expired') return [principal, 'expired'];
        return [principal, found?.role === principal.role ? 'same' : 'revoked'];
      }),
    );
  }

  private async byKey(key: string): Promise<Principal | Nobody> {
    // better-auth takes a key that it cannot look up for a wrong one.
    const { valid, key: found } = await this.health.sure(
      () => this.accounts.api.verifyApiKey({ body: { key } }),
      (answer) => answer.valid,
    );
    if (!valid || !found) return 'unauthenticated';
    const owner = await this.db.user.findUnique({ where: { id: found.referenceId } });
    return (
      (owner && ofKey({ id: found.id, permissions: JSON.stringify(found.permissions) }, owner)) ??
      'unauthenticated'
    );
  }

  private async bySessionToken(token: string): Promise<Principal | Nobody> {
    // better-auth also hands tokens out with their signature behind a dot; the token alone is the secret.
    const [bare = ''] = token.split('.');
    const session = await this.db.session.findUnique({ where: { token: bare }, include: { user: true } });
    if (!session) return 'unauthenticated';
    if (session.expiresAt <= this.clock.now()) return 'expired';
    return this.seen(session);
  }

  private async byCookie(headers: Headers): Promise<Principal | Nobody> {
    const cookie = headers.get('cookie') ?? '';
    const [, token] = new RegExp(`${COOKIE_PREFIX}\\.session_token=([\\w-]+)`).exec(cookie) ?? [];
    if (token === undefined) return 'unauthenticated';
    // Before better-auth sees it: it answers an expired session with nothing and forgets it.
    const row = await this.db.session.findUnique({ where: { token }, include: { user: true } });
    if (!row) return 'unauthenticated';
    if (row.expiresAt <= this.clock.now()) return 'expired';
    const signed = await this.health.sure(
      () => this.accounts.api.getSession({ headers }),
      (session) => session !== null,
    );
    return signed?.session.id === row.id ? this.seen(row) : 'unauthenticated';
  }

  private async seen(session: SessionRow): Promise<Principal | Nobody> {
    const principal = ofSession(session);
    if (!principal) return 'unauthenticated';
    await markSeen(this.db, [session], this.clock.now());
    return principal;
  }
}

interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly updatedAt: Date;
  readonly user: AccountRow;
}

function ofSession(session: SessionRow): Principal | null {
  const { user } = session;
  if (user.banned) return null;
  return {
    userId: user.id,
    name: user.name,
    role: roleOf(user.role),
    via: { kind: 'session', id: session.id },
  };
}

function ofKey(key: { id: string; permissions: string | null }, owner: AccountRow): Principal | null {
  if (owner.banned) return null;
  const role = lesserRole(roleOf(keyRole(key.permissions)), roleOf(owner.role));
  return { userId: owner.id, name: owner.name, role, via: { kind: 'key', id: key.id } };
}

/** A key's role is kept where only the server can write: its permissions, as `{ desk: [role] }`. */
export const keyPermissions = (role: Role): Record<string, string[]> => ({ desk: [role] });

export function keyRole(permissions: string | null): Role {
  const parsed: unknown = permissions ? JSON.parse(permissions) : null;
  if (typeof parsed !== 'object' || parsed === null || !('desk' in parsed)) return 'viewer';
  return roleOf(Array.isArray(parsed.desk) ? parsed.desk[0] : undefined);
}
