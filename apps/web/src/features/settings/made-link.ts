import type { Invitation } from '@almenara/events';

/** A link that was just made. The server gives its token only this once. */
export interface MadeLink {
  readonly invitation: Invitation;
  readonly token: string;
}

export const linkOf = ({ token }: MadeLink): string => `${window.location.origin}/invite/${token}`;
