import type { Role } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import { roleOf } from '../domain/users.ts';
import { keyRole } from './key-role.ts';
import { lesserRole, type Principal } from './principal.ts';

/** Why somebody may not go on with what was begun with these roles: null while they may. A session may end meanwhile. */
export async function rightLost(
  db: Tx,
  { userId, via }: Pick<Principal, 'userId' | 'via'>,
  roles: readonly Role[],
  now: Date,
): Promise<'deactivated' | 'role' | 'gone' | null> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { role: true, banned: true } });
  if (!user) return 'gone';
  if (user.banned) return 'deactivated';
  let role = roleOf(user.role);
  if (via.kind === 'key') {
    const key = await db.apikey.findUnique({ where: { id: via.id } });
    if (!key || key.enabled === false || (key.expiresAt && key.expiresAt <= now)) return 'gone';
    role = lesserRole(role, keyRole(key.permissions));
  }
  return roles.includes(role) ? null : 'role';
}
