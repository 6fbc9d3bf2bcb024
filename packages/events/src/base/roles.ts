export const ROLES = ['admin', 'operator', 'viewer'] as const;
type Role = (typeof ROLES)[number];
export const ALL_ROLES: readonly Role[] = [...ROLES];
export const WRITERS: readonly Role[] = ['admin', 'operator'];
export const ADMINS: readonly Role[] = ['admin'];

/** Who asks: a signed-in user, or a key that acts for one with a role of its own. */
export interface Actor {
  readonly userId: string;
  readonly role: Role;
}
