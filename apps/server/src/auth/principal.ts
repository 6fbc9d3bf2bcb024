import type { Actor, Role } from '@almenara/events';

/** Who is behind a request or a connection, and by what. */
export interface Principal extends Actor {
  readonly name: string;
  readonly via: { readonly kind: 'session' | 'key'; readonly id: string };
}

/** Why there is nobody. */
export type Nobody = 'unauthenticated' | 'expired';

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/** A key may do what its own role and its owner's both allow. */
export const lesserRole = (a: Role, b: Role): Role => (RANK[a] <= RANK[b] ? a : b);
