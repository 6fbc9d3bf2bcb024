import type { ConnectionState, OfflineReason } from '@almenara/client';
import type { RefusalCode } from '@almenara/events';

type Tone = 'good' | 'busy' | 'bad';

export interface ConnectionText {
  readonly tone: Tone;
  readonly label: `connection.${ConnectionState['kind']}`;
  readonly reason: `connection.reason.${OfflineReason | RefusalCode}` | null;
  /** When the next try comes, in ms since 1970. */
  readonly retryAt: number | null;
  readonly action: 'retry' | 'sign_in' | 'reload' | null;
}

/** What a person is told of a state. */
export function connectionText(state: ConnectionState): ConnectionText {
  const still = { reason: null, retryAt: null, action: null };
  switch (state.kind) {
    case 'online':
      return { tone: 'good', label: 'connection.online', ...still };
    case 'resuming':
      return { tone: 'busy', label: 'connection.resuming', ...still };
    case 'connecting':
      return { tone: 'busy', label: 'connection.connecting', ...still };
    case 'offline':
      return {
        tone: state.reason === 'not_started' ? 'busy' : 'bad',
        label: state.reason === 'not_started' ? 'connection.connecting' : 'connection.offline',
        reason: state.reason === 'not_started' ? null : `connection.reason.${state.reason}`,
        retryAt: state.nextRetryAt,
        action: state.reason === 'not_started' ? null : 'retry',
      };
    case 'needs_auth':
      return {
        tone: 'bad',
        label: 'connection.needs_auth',
        reason: `connection.reason.${state.reason}`,
        retryAt: null,
        action: 'sign_in',
      };
    case 'refused':
      return {
        tone: 'bad',
        label: 'connection.refused',
        reason: `connection.reason.${state.code}`,
        retryAt: null,
        action: state.code === 'protocol_mismatch' ? 'reload' : 'retry',
      };
  }
}
