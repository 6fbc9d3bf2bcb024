import type { Namespace } from '@almenara/events';
import type { HandshakeAuth } from '../port.ts';

/** Part of every name below: tabs of an older and a newer build must not talk to each other. */
const VERSION = 1;

export const lockName = (name: string): string => `${name}/${VERSION}/leader`;
/** Held by a tab as long as it lives. */
export const tabLockName = (name: string, tab: string): string => `${name}/${VERSION}/tab/${tab}`;
/** What tabs say to whichever tab leads. */
export const hubPost = (name: string): string => `${name}/${VERSION}/hub`;
/** What the leader says to every tab. */
export const allPost = (name: string): string => `${name}/${VERSION}/all`;
/** What the leader says to one tab. */
export const tabPost = (name: string, tab: string): string => `${name}/${VERSION}/to/${tab}`;

/** A link is one channel of one tab. */
export type ToHub = { readonly tab: string } & (
  | {
      readonly kind: 'connect';
      readonly link: string;
      /** Comes back with `open`: one for an earlier attempt is of a leader that is gone. */
      readonly attempt: number;
      readonly namespace: Namespace;
      readonly auth: HandshakeAuth;
    }
  | {
      readonly kind: 'ask';
      readonly link: string;
      readonly id: number;
      readonly name: string;
      readonly payload: unknown;
    }
  | { readonly kind: 'tell'; readonly link: string; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'close'; readonly link: string }
  | { readonly kind: 'ping' }
);

/** `leader` is the tab that says it. */
export type FromHub = { readonly leader: string } & (
  | { readonly kind: 'alive' }
  | { readonly kind: 'open'; readonly link: string; readonly attempt: number; readonly line: string }
  | { readonly kind: 'message'; readonly link: string; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'refused'; readonly link: string; readonly data: unknown }
  | { readonly kind: 'closed'; readonly link: string; readonly byServer: boolean }
  | { readonly kind: 'ack'; readonly link: string; readonly id: number; readonly ack: unknown }
  /** To all: another tab leads from now on. */
  | { readonly kind: 'leads' }
  /** To all: the connection stands. */
  | { readonly kind: 'up' }
  /** To all: what the server says to everybody. */
  | {
      readonly kind: 'packet';
      /** The connection it came on. */
      readonly line: string;
      readonly namespace: Namespace;
      readonly name: string;
      readonly payload: unknown;
    }
);

/** Before it is said who says it. */
export type Said<M = FromHub> = M extends unknown ? Omit<M, 'leader'> : never;

/** Only our own code of this origin and this version posts under these names. */
const isMessage = (value: unknown): value is { kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value;
export const isToHub = (value: unknown): value is ToHub => isMessage(value) && 'tab' in value;
export const isFromHub = (value: unknown): value is FromHub => isMessage(value) && 'leader' in value;
