import type { Refusal, RefusalCode, SessionEnded } from '@almenara/events';

export type LostReason = 'network' | 'timeout' | 'server_closed' | 'silent' | 'credentials';
export type OfflineReason =
  | LostReason
  | 'not_started'
  | 'stopped'
  | 'draining'
  | 'slow_consumer'
  | 'idle'
  | 'session_ended'
  | 'rate_limited'
  | 'too_many_connections'
  | 'unavailable';

interface Connected {
  /** Retries in a row that led here. */
  readonly attempt: number;
  readonly since: number;
  /** The session before this one was ended, and this is the one new try that had. */
  readonly renewed: boolean;
  /** When to move away from a node that is stopping. */
  readonly reconnectAt: number | null;
}

/** Times are in ms since 1970. */
export type ConnectionState =
  | {
      readonly kind: 'connecting';
      readonly reason: 'start' | 'retry' | 'session_ended' | 'draining';
      readonly attempt: number;
      readonly deadlineAt: number;
    }
  /** Connected; the topics are not all caught up yet. */
  | ({ readonly kind: 'resuming' } & Connected)
  | ({ readonly kind: 'online' } & Connected)
  | {
      readonly kind: 'offline';
      readonly reason: OfflineReason;
      /** Which retry in a row comes next. */
      readonly attempt: number;
      /** Null: only `retryNow()` (or `start()`) ends it. */
      readonly nextRetryAt: number | null;
    }
  | { readonly kind: 'needs_auth'; readonly reason: 'unauthenticated' | 'expired'; readonly message: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

export type ConnectionEvent =
  | { readonly type: 'started' }
  | { readonly type: 'stopped' }
  /** A person asked. */
  | { readonly type: 'retry_asked' }
  /** The network or the page came back: worth a try, unless the server asked for the wait. */
  | { readonly type: 'woken' }
  /** The deadline of the state (`dueAt`) has come. */
  | { readonly type: 'due' }
  | { readonly type: 'accepted' }
  | { readonly type: 'caught_up' }
  | { readonly type: 'history_changed' }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'lost'; readonly reason: LostReason }
  /** `unknown` is a code of a newer server. */
  | { readonly type: 'session_ended'; readonly code: SessionEnded['code'] | 'unknown' }
  | { readonly type: 'draining'; readonly reconnectInMs: number };

/** What a transition may depend on beside the state: the time, and one random number in [0, 1). */
export interface Moment {
  readonly at: number;
  readonly roll: number;
}

export const NOT_STARTED: ConnectionState = {
  kind: 'offline',
  reason: 'not_started',
  attempt: 0,
  nextRetryAt: null,
};

/** When the state's own deadline comes, if it has one: the client keeps one timer, for this. */
export function dueAt(state: ConnectionState): number | null {
  switch (state.kind) {
    case 'connecting':
      return state.deadlineAt;
    case 'resuming':
    case 'online':
      return state.reconnectAt;
    case 'offline':
      return state.nextRetryAt;
    case 'needs_auth':
    case 'refused':
      return null;
  }
}

export const isConnected = (state: ConnectionState): boolean =>
  state.kind === 'resuming' || state.kind === 'online';
