import type { Namespace } from '@almenara/events';
import type { HandshakeAuth } from '../port.ts';

/** Part of every name below: tabs of an older and a newer build must not talk to each other. */
const VERSION = 2;

export const lockName = (name: string): string => `${name}/${VERSION}/leader`;
/** Held by a tab as long as it lives. */
export const tabLockName = (name: string, tab: string): string => `${name}/${VERSION}/tab/${tab}`;
/** What tabs say to whichever tab leads. */
export const leaderPost = (name: string): string => `${name}/${VERSION}/to-leader`;
/** What the leader says to every tab. */
export const allPost = (name: string): string => `${name}/${VERSION}/all`;
/** What the leader says to one tab. */
export const tabPost = (name: string, tab: string): string => `${name}/${VERSION}/to/${tab}`;

/** A channel is one namespace of one tab; its id tells it from all others of all tabs. */
export type ToLeader = { readonly tab: string } & (
  | {
      readonly kind: 'connect';
      readonly channelId: string;
      /** Comes back with `open`: one for an earlier attempt is of a leader that is gone. */
      readonly attempt: number;
      readonly namespace: Namespace;
      readonly auth: HandshakeAuth;
    }
  | {
      readonly kind: 'ask';
      readonly channelId: string;
      readonly id: number;
      readonly name: string;
      readonly payload: unknown;
    }
  | { readonly kind: 'tell'; readonly channelId: string; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'close'; readonly channelId: string }
  | { readonly kind: 'ping' }
);

/** `leader` is the tab that says it. */
export type FromLeader = { readonly leader: string } & (
  | { readonly kind: 'alive' }
  | {
      readonly kind: 'open';
      readonly channelId: string;
      readonly attempt: number;
      readonly connectionId: string;
    }
  | { readonly kind: 'message'; readonly channelId: string; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'refused'; readonly channelId: string; readonly data: unknown }
  | { readonly kind: 'closed'; readonly channelId: string; readonly byServer: boolean }
  | { readonly kind: 'ack'; readonly channelId: string; readonly id: number; readonly ack: unknown }
  /** To all: another tab leads from now on. */
  | { readonly kind: 'leads' }
  /** To all: the connection stands. */
  | { readonly kind: 'up' }
  /** To all: what the server says to everybody. */
  | {
      readonly kind: 'packet';
      /** Of the connection it came on. */
      readonly connectionId: string;
      readonly namespace: Namespace;
      readonly name: string;
      readonly payload: unknown;
    }
);

/** Before it is said who says it. */
export type Said<M = FromLeader> = M extends unknown ? Omit<M, 'leader'> : never;

/** Only our own code of this origin and this version posts under these names. */
const isMessage = (value: unknown): value is { kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value;
export const isToLeader = (value: unknown): value is ToLeader => isMessage(value) && 'tab' in value;
export const isFromLeader = (value: unknown): value is FromLeader => isMessage(value) && 'leader' in value;
