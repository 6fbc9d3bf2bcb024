import type { Invitation } from '@almenara/events';

/** A link that was just made; the token is to be had here and never again. */
export interface MadeLink {
  readonly invitation: Invitation;
  readonly token: string;
}

export const linkOf = ({ token }: MadeLink): string => `${window.location.origin}/invite/${token}`;
