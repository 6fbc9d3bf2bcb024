import type { Actor } from '@almenara/events';

/** Who has begun something that goes on without them, and by what right. */
export interface Beginner {
  readonly userId: string;
  readonly via: { readonly kind: 'session' | 'key'; readonly id: string };
}

/** Somebody who brings files. */
export interface Importer extends Actor, Beginner {
  readonly name: string;
}
