import type { ConnectionState, OfflineReason } from '@almenara/client';
import type { RefusalCode } from '@almenara/events';

type Tone = 'good' | 'calm' | 'busy' | 'bad';
type Kind = ConnectionState['kind'];

export interface ConnectionText {
  readonly tone: Tone;
  /** As what it is shown: what may pass by itself in a moment is `connecting`. */
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

/** What a person is told of a state. `graceOver`: it is not the short while any more that a handover or a retry takes. */
export function connectionText(state: ConnectionState, graceOver: boolean): ConnectionText {
  if (!graceOver && mayPass(state)) return still('calm', 'connecting');
  switch (state.kind) {
    case 'online':
      return still('good', 'online');
    case 'resuming':
    case 'connecting':
      return still(graceOver ? 'busy' : 'calm', state.kind);
    case 'offline':
      // The page connects as soon as it stands, and a tab that let go of its connection as soon as it is looked at.
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

/** A try follows by itself; or the session that was asked for is the one before, and the page finds out. */
const mayPass = (state: ConnectionState): boolean =>
  (state.kind === 'offline' && state.nextRetryAt !== null) || state.kind === 'needs_auth';
