import type { Refusal, SessionEnded } from '@almenara/events';
import { backoffMs, waitMs } from './backoff.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  dueAt,
  type LostReason,
  type Moment,
  type OfflineReason,
} from './connection-state.ts';

/** An attempt that hangs is given up after this. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** After this long a connection counts as good, and the next loss starts the backoff anew. */
export const STABLE_MS = 10_000;

type ConnectReason = Extract<ConnectionState, { kind: 'connecting' }>['reason'];

const connect = (reason: ConnectReason, attempt: number, { at }: Moment): ConnectionState => ({
  kind: 'connecting',
  reason,
  attempt,
  deadlineAt: at + CONNECT_TIMEOUT_MS,
});

const waitFor = (reason: OfflineReason, attempt: number, ms: number, { at }: Moment): ConnectionState => ({
  kind: 'offline',
  reason,
  attempt,
  nextRetryAt: at + ms,
});

const backOff = (reason: OfflineReason, attempt: number, moment: Moment): ConnectionState =>
  waitFor(reason, attempt, backoffMs(attempt, moment.roll), moment);

/** Which retry comes after this state; a connection that held makes it the first again. */
function nextAttempt(state: ConnectionState, { at }: Moment): number {
  switch (state.kind) {
    case 'connecting':
      return state.attempt + 1;
    case 'resuming':
    case 'online':
      return isStable(state, at) ? 1 : state.attempt + 1;
    case 'offline':
      return Math.max(1, state.attempt);
    case 'needs_auth':
    case 'refused':
      return 1;
  }
}

const isStable = (state: { readonly since: number }, at: number): boolean => at - state.since >= STABLE_MS;

/** Waits that the server asked for are not cut short by a network or a page that comes back. */
const ENDED_BY_WAKING: ReadonlySet<OfflineReason> = new Set<OfflineReason>([
  'network',
  'timeout',
  'server_closed',
  'silent',
  'credentials',
  'session_ended',
  'idle',
]);

/** The machine: every change of the connection is here. An event that means nothing in a state leaves it as it is. */
export function transition(state: ConnectionState, event: ConnectionEvent, moment: Moment): ConnectionState {
  switch (event.type) {
    case 'started':
      return isStopped(state) ? connect('start', 0, moment) : state;
    case 'stopped':
      return isStopped(state) ? state : { kind: 'offline', reason: 'stopped', attempt: 0, nextRetryAt: null };
    case 'retry_asked':
      return isAtRest(state) ? connect('retry', nextAttempt(state, moment), moment) : state;
    case 'woken':
      return state.kind === 'offline' && ENDED_BY_WAKING.has(state.reason)
        ? connect('retry', nextAttempt(state, moment), moment)
        : state;
    case 'due':
      return whenDue(state, moment);
    case 'accepted':
      if (state.kind !== 'connecting') return state;
      return {
        kind: 'resuming',
        attempt: state.attempt,
        since: moment.at,
        renewed: state.reason === 'session_ended',
        reconnectAt: null,
      };
    case 'caught_up':
      return state.kind === 'resuming' ? { ...state, kind: 'online' } : state;
    case 'history_changed':
      return state.kind === 'online' ? { ...state, kind: 'resuming' } : state;
    case 'refused':
      return state.kind === 'connecting' ? whenRefused(state, event.refusal, moment) : state;
    case 'lost':
      return whenLost(state, event.reason, moment);
    case 'session_ended':
      return whenEnded(state, event.code, moment);
    case 'draining':
      if (state.kind !== 'resuming' && state.kind !== 'online') return state;
      return { ...state, reconnectAt: moment.at + Math.round(moment.roll * event.reconnectInMs) };
  }
}

const isStopped = (state: ConnectionState): boolean =>
  state.kind === 'offline' && (state.reason === 'stopped' || state.reason === 'not_started');

const isAtRest = (state: ConnectionState): boolean =>
  (state.kind === 'offline' && !isStopped(state)) || state.kind === 'needs_auth' || state.kind === 'refused';

function whenDue(state: ConnectionState, moment: Moment): ConnectionState {
  // Not compared with the clock: a timer may fire a millisecond early, and nothing would fire again.
  if (dueAt(state) === null) return state;
  switch (state.kind) {
    case 'connecting':
      return backOff('timeout', nextAttempt(state, moment), moment);
    case 'offline':
      return connect('retry', state.attempt, moment);
    default:
      return connect('draining', nextAttempt(state, moment), moment);
  }
}

function whenRefused(state: ConnectionState, refusal: Refusal, moment: Moment): ConnectionState {
  const { code, message, retryAfterMs } = refusal;
  switch (code) {
    case 'unauthenticated':
    case 'expired':
      return { kind: 'needs_auth', reason: code, message };
    case 'forbidden':
    case 'protocol_mismatch':
      return { kind: 'refused', code, message };
    case 'rate_limited':
    case 'too_many_connections':
    case 'unavailable': {
      const attempt = nextAttempt(state, moment);
      return waitFor(code, attempt, waitMs(attempt, retryAfterMs, moment.roll), moment);
    }
  }
}

function whenLost(state: ConnectionState, reason: LostReason, moment: Moment): ConnectionState {
  switch (state.kind) {
    case 'connecting':
      return backOff(reason, nextAttempt(state, moment), moment);
    case 'resuming':
    case 'online':
      // The node said when to come back and has now closed: that is the wait.
      if (state.reconnectAt !== null) {
        return waitFor(
          'draining',
          nextAttempt(state, moment),
          Math.max(0, state.reconnectAt - moment.at),
          moment,
        );
      }
      return backOff(reason, nextAttempt(state, moment), moment);
    default:
      return state;
  }
}

function whenEnded(
  state: ConnectionState,
  code: SessionEnded['code'] | 'unknown',
  moment: Moment,
): ConnectionState {
  if (state.kind !== 'resuming' && state.kind !== 'online') return state;
  const attempt = nextAttempt(state, moment);
  switch (code) {
    case 'expired':
    case 'revoked':
      // A changed role ends the session too, and a new one is given at once. Only a session that follows such a
      // try and is ended at once again must wait: the handshake is what says that a sign-in is needed.
      return state.renewed && !isStable(state, moment.at)
        ? backOff('session_ended', attempt, moment)
        : connect('session_ended', attempt, moment);
    case 'idle':
      return { kind: 'offline', reason: 'idle', attempt, nextRetryAt: null };
    case 'slow_consumer':
      return backOff('slow_consumer', attempt, moment);
    case 'unknown':
      return backOff('session_ended', attempt, moment);
  }
}
