import { describe, expect, test } from 'vitest';
import { CONNECT_TIMEOUT_MS, STABLE_MS, transition } from './connection.ts';
import { type ConnectionEvent, type ConnectionState, NOT_STARTED } from './connection-state.ts';

const at = 1_000_000;
const due = at + CONNECT_TIMEOUT_MS;
const roll = 0.5;

const stopped: ConnectionState = { kind: 'offline', reason: 'stopped', attempt: 0, nextRetryAt: null };
const connecting: ConnectionState = { kind: 'connecting', reason: 'retry', attempt: 2, deadlineAt: at };
const renewing: ConnectionState = { ...connecting, reason: 'session_ended' };
const held = { attempt: 2, renewed: false, reconnectAt: null };
const online: ConnectionState = { kind: 'online', ...held, since: at - 1 };
const stable: ConnectionState = { kind: 'online', ...held, since: at - STABLE_MS };
const renewed: ConnectionState = { ...online, renewed: true };
const resuming: ConnectionState = { kind: 'resuming', ...held, since: at - 1 };
const leaving: ConnectionState = { ...online, reconnectAt: at + 700 };
const waiting: ConnectionState = { kind: 'offline', reason: 'network', attempt: 3, nextRetryAt: at + 9 };
const limited: ConnectionState = { ...waiting, reason: 'rate_limited' };
const idle: ConnectionState = { kind: 'offline', reason: 'idle', attempt: 1, nextRetryAt: null };
const needsAuth: ConnectionState = { kind: 'needs_auth', reason: 'expired', message: 'expired' };
const barred: ConnectionState = { kind: 'refused', code: 'forbidden', message: 'no' };

const connect = (
  reason: 'start' | 'retry' | 'session_ended' | 'draining',
  attempt: number,
): ConnectionState => ({
  kind: 'connecting',
  reason,
  attempt,
  deadlineAt: due,
});
const wait = (reason: Extract<ConnectionState, { kind: 'offline' }>['reason'], attempt: number, ms: number) =>
  ({ kind: 'offline', reason, attempt, nextRetryAt: at + ms }) satisfies ConnectionState;
const refused = (
  code: Extract<ConnectionEvent, { type: 'refused' }>['refusal']['code'],
  retryAfterMs?: number,
): ConnectionEvent => ({
  type: 'refused',
  refusal: { code, message: code, ...(retryAfterMs !== undefined && { retryAfterMs }) },
});
const same = 'same';

const table: [string, ConnectionState, ConnectionEvent, ConnectionState | typeof same][] = [
  ['start', NOT_STARTED, { type: 'started' }, connect('start', 0)],
  ['start again after stop', stopped, { type: 'started' }, connect('start', 0)],
  ['start twice', online, { type: 'started' }, same],
  ['stop', online, { type: 'stopped' }, stopped],
  ['stop twice', stopped, { type: 'stopped' }, same],
  ['stop while a sign-in is needed', needsAuth, { type: 'stopped' }, stopped],

  ['a retry that is asked for', waiting, { type: 'retry_asked' }, connect('retry', 3)],
  [
    'a retry cuts a wait short that the server asked for',
    limited,
    { type: 'retry_asked' },
    connect('retry', 3),
  ],
  ['a retry after idling', idle, { type: 'retry_asked' }, connect('retry', 1)],
  ['a retry after a sign-in', needsAuth, { type: 'retry_asked' }, connect('retry', 1)],
  ['a retry after a refusal', barred, { type: 'retry_asked' }, connect('retry', 1)],
  ['a retry while connected', online, { type: 'retry_asked' }, same],
  ['a retry while stopped', stopped, { type: 'retry_asked' }, same],

  ['the network is back', waiting, { type: 'woken' }, connect('retry', 3)],
  ['an idle page is looked at', idle, { type: 'woken' }, connect('retry', 1)],
  ['the network is back, but the server asked for the wait', limited, { type: 'woken' }, same],
  ['the network is back while stopped', stopped, { type: 'woken' }, same],
  ['the network is back, a sign-in is still needed', needsAuth, { type: 'woken' }, same],

  ['an attempt hangs', connecting, { type: 'due' }, wait('timeout', 3, 1500)],
  ['the wait is over', waiting, { type: 'due' }, connect('retry', 3)],
  ['time to leave a stopping node', leaving, { type: 'due' }, connect('draining', 3)],
  ['nothing is due', idle, { type: 'due' }, same],

  ['accepted', connecting, { type: 'accepted' }, { kind: 'resuming', ...held, since: at }],
  ['accepted anew', renewing, { type: 'accepted' }, { kind: 'resuming', ...held, since: at, renewed: true }],
  ['accepted too late', waiting, { type: 'accepted' }, same],
  ['caught up', resuming, { type: 'caught_up' }, { ...resuming, kind: 'online' }],
  ['caught up already', online, { type: 'caught_up' }, same],
  ['another history', online, { type: 'history_changed' }, { ...online, kind: 'resuming' }],

  ['rate limited', connecting, refused('rate_limited', 8000), wait('rate_limited', 3, 9000)],
  ['rate limited for an unknown time', connecting, refused('rate_limited'), wait('rate_limited', 3, 1500)],
  [
    'too many connections',
    connecting,
    refused('too_many_connections', 4000),
    wait('too_many_connections', 3, 4500),
  ],
  ['the database is away', connecting, refused('unavailable', 2000), wait('unavailable', 3, 2250)],
  [
    'not signed in',
    connecting,
    refused('unauthenticated'),
    { kind: 'needs_auth', reason: 'unauthenticated', message: 'unauthenticated' },
  ],
  ['the session has expired', connecting, refused('expired'), needsAuth],
  [
    'forbidden',
    connecting,
    refused('forbidden', 100),
    { kind: 'refused', code: 'forbidden', message: 'forbidden' },
  ],
  [
    'an old page',
    connecting,
    refused('protocol_mismatch'),
    { kind: 'refused', code: 'protocol_mismatch', message: 'protocol_mismatch' },
  ],
  ['refused too late', online, refused('forbidden'), same],

  ['an attempt fails', connecting, { type: 'lost', reason: 'network' }, wait('network', 3, 1500)],
  ['lost soon after', online, { type: 'lost', reason: 'network' }, wait('network', 3, 1500)],
  ['lost after it had held', stable, { type: 'lost', reason: 'network' }, wait('network', 1, 375)],
  [
    'lost while resuming',
    resuming,
    { type: 'lost', reason: 'server_closed' },
    wait('server_closed', 3, 1500),
  ],
  [
    'lost when it was to be left anyway',
    leaving,
    { type: 'lost', reason: 'server_closed' },
    wait('draining', 3, 700),
  ],
  ['lost already', waiting, { type: 'lost', reason: 'network' }, same],
  ['lost when refused', barred, { type: 'lost', reason: 'network' }, same],

  [
    'revoked: one try at once',
    stable,
    { type: 'session_ended', code: 'revoked' },
    connect('session_ended', 1),
  ],
  [
    'expired: one try at once',
    online,
    { type: 'session_ended', code: 'expired' },
    connect('session_ended', 3),
  ],
  [
    'revoked again at once',
    renewed,
    { type: 'session_ended', code: 'revoked' },
    wait('session_ended', 3, 1500),
  ],
  ['the try is refused', renewing, refused('expired'), needsAuth],
  ['too slow', stable, { type: 'session_ended', code: 'slow_consumer' }, wait('slow_consumer', 1, 375)],
  ['idle', stable, { type: 'session_ended', code: 'idle' }, idle],
  [
    'ended for a reason of a newer server',
    stable,
    { type: 'session_ended', code: 'unknown' },
    wait('session_ended', 1, 375),
  ],
  ['ended already', waiting, { type: 'session_ended', code: 'idle' }, same],

  ['the node is stopping', online, { type: 'draining', reconnectInMs: 1400 }, leaving],
  ['the node is stopping, too late', waiting, { type: 'draining', reconnectInMs: 1400 }, same],
];

describe('the connection machine', () => {
  test.each(table)('%s', (_, state, event, expected) => {
    const next = transition(state, event, { at, roll });
    if (expected === same) expect(next).toBe(state);
    else expect(next).toEqual(expected);
  });

  test('the backoff doubles up to 30 s and is spread over its upper half', () => {
    const waits = (rolled: number): (number | null)[] =>
      [0, 1, 2, 6, 7, 40].map((attempt) => {
        const next = transition(
          { ...connecting, attempt },
          { type: 'lost', reason: 'network' },
          { at, roll: rolled },
        );
        return next.kind === 'offline' && next.nextRetryAt !== null ? next.nextRetryAt - at : null;
      });
    expect(waits(0)).toEqual([250, 500, 1000, 15_000, 15_000, 15_000]);
    expect(waits(0.999_999)).toEqual([500, 1000, 2000, 30_000, 30_000, 30_000]);
  });
});
