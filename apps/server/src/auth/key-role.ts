import type { Role } from '@almenara/events';
import { roleOf } from '../domain/users.ts';

/** A key's role is kept where only the server can write: its permissions, as `{ desk: [role] }`. */
export const keyPermissions = (role: Role): Record<string, string[]> => ({ desk: [role] });

export function keyRole(permissions: string | null): Role {
  const parsed: unknown = permissions ? JSON.parse(permissions) : null;
  if (typeof parsed !== 'object' || parsed === null || !('desk' in parsed)) return 'viewer';
  return roleOf(Array.isArray(parsed.desk) ? parsed.desk[0] : undefined);
}
