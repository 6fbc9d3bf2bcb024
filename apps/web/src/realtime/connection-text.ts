import type { ConnectionState, OfflineReason } from '@almenara/client';
import type { RefusalCode } from '@almenara/events';

type Tone = 'good' | 'calm' | 'busy' | 'bad';
type Kind = ConnectionState['kind'];

export interface ConnectionText {
  readonly tone: Tone;
  /** The state as it is shown: one that may pass by itself in a moment shows as `connecting`. */
  readonly kind: Kind;
  readonly label: `connection.${Kind}`;
  readonly reason: `connection.reason.${OfflineReason | RefusalCode}` | null;
  /** When the next try comes, in ms since 1970. */
  readonly retryAt: number | null;
  readonly action: 'retry' | 'sign_in' | 'reload' | null;
}

const still = (tone: Tone, kind: Kind): ConnectionText => ({
  tone,
  kind,
  label: `connection.${kind}`,
  reason: null,
  retryAt: null,
  action: null,
});

/**
 * What a person is told of a state. `graceOver`: it has lasted longer than a handover between tabs or a retry
 * takes.
 */
export function connectionText(state: ConnectionState, graceOver: boolean): ConnectionText {
  if (!graceOver && mayPass(state)) return still('calm', 'connecting');
  switch (state.kind) {
    case 'online':
      return still('good', 'online');
    case 'resuming':
    case 'connecting':
      return still(graceOver ? 'busy' : 'calm', state.kind);
    case 'offline':
      // Both pass by themselves: a page connects once it is drawn, and a parked tab once somebody looks at it.
      if (state.reason === 'not_started' || state.reason === 'stopped') return still('calm', 'connecting');
      return {
        ...still('bad', 'offline'),
        reason: `connection.reason.${state.reason}`,
        retryAt: state.nextRetryAt,
        action: 'retry',
      };
    case 'needs_auth':
      return {
        ...still('bad', 'needs_auth'),
        reason: `connection.reason.${state.reason}`,
        action: 'sign_in',
      };
    case 'refused':
      return {
        ...still('bad', 'refused'),
        reason: `connection.reason.${state.code}`,
        action: state.code === 'protocol_mismatch' ? 'reload' : 'retry',
      };
  }
}

/** Whether it may pass by itself: another try follows, or `SessionCheck` finds that a newer session exists. */
const mayPass = (state: ConnectionState): boolean =>
  (state.kind === 'offline' && state.nextRetryAt !== null) || state.kind === 'needs_auth';
