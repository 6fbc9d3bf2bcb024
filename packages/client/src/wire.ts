import {
  type AuthSuccess,
  END_CODES,
  type Envelope,
  ERROR_CODES,
  type Failure,
  type Heads,
  REFUSAL_CODES,
  type Refusal,
  ROLES,
  type SessionEnded,
  SIGNAL_TYPES,
  type Signal,
  type SubscribeAnswer,
  type TopicAnswer,
} from '@almenara/events';

/** What the server says, after it has been looked at. Unknown names are of a newer server and mean nothing here. */
export type ServerPacket =
  | { readonly name: 'auth_success'; readonly hello: AuthSuccess }
  | { readonly name: 'events'; readonly envelopes: readonly Envelope[] }
  | { readonly name: 'heads'; readonly heads: Heads }
  | { readonly name: 'signal'; readonly signal: Signal }
  | { readonly name: 'draining'; readonly reconnectInMs: number }
  | { readonly name: 'session_ended'; readonly code: SessionEnded['code'] | 'unknown' };

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const oneOf =
  <T extends string>(choices: readonly T[]) =>
  (value: unknown): value is T =>
    choices.some((choice) => choice === value);
const isRole = oneOf(ROLES);
const isErrorCode = oneOf(ERROR_CODES);
const isRefusalCode = oneOf(REFUSAL_CODES);
const isEndCode = oneOf(END_CODES);
const isSignalType = oneOf(SIGNAL_TYPES);

// Checked by hand and not by the contract's schemas: a page follows its topics without loading a parser.
const isAuthSuccess = (value: unknown): value is AuthSuccess =>
  isFields(value) &&
  [value.userId, value.connectionId, value.epoch, value.serverTime].every(
    (text) => typeof text === 'string',
  ) &&
  isRole(value.role) &&
  isSeq(value.heartbeatMs) &&
  isSeq(value.maxPacketBytes);

const isFailure = (value: unknown): value is Failure =>
  isFields(value) &&
  isErrorCode(value.code) &&
  typeof value.message === 'string' &&
  (value.details === undefined || isFields(value.details)) &&
  (value.retryAfterMs === undefined || isSeq(value.retryAfterMs));

/**
 * The frame of an envelope is checked, its `data` is not: the server parsed it when it was committed, and parsing
 * every event again would cost a busy page more than folding it. A fold that chokes on it is caught.
 */
const isEnvelope = (value: unknown): value is Envelope =>
  isFields(value) &&
  typeof value.id === 'string' &&
  typeof value.topic === 'string' &&
  isSeq(value.seq) &&
  typeof value.type === 'string' &&
  isFields(value.data) &&
  typeof value.timestamp === 'string' &&
  isTextOrNull(value.userId) &&
  isTextOrNull(value.commandId);

const isEnvelopes = (value: unknown): value is Envelope[] => Array.isArray(value) && value.every(isEnvelope);

const isHeads = (value: unknown): value is Heads =>
  isFields(value) &&
  typeof value.epoch === 'string' &&
  isFields(value.heads) &&
  Object.values(value.heads).every(isSeq);

const isSignal = (value: unknown): value is Signal =>
  isFields(value) && isSignalType(value.type) && isFields(value.data) && typeof value.at === 'string';

/** Null for a name that is not known. Throws on a packet that does not hold what its name promises. */
export function readPacket(name: string, payload: unknown): ServerPacket | null {
  switch (name) {
    case 'auth_success':
      if (isAuthSuccess(payload)) return { name, hello: payload };
      break;
    case 'events':
      if (isEnvelopes(payload)) return { name, envelopes: payload };
      break;
    case 'heads':
      if (isHeads(payload)) return { name, heads: payload };
      break;
    case 'signal':
      // A kind of signal that a newer server sends is nothing to complain about.
      return isSignal(payload) ? { name, signal: payload } : null;
    case 'draining':
      if (isFields(payload) && isSeq(payload.reconnectInMs))
        return { name, reconnectInMs: payload.reconnectInMs };
      break;
    case 'session_ended': {
      const code = isFields(payload) ? payload.code : null;
      return { name, code: isEndCode(code) ? code : 'unknown' };
    }
    default:
      return null;
  }
  throw new TypeError(`The server sent a ${name} packet that cannot be read`);
}

/** Null where the server gave no reason that is known: to be treated as a connection that failed. */
export function readRefusal(data: unknown): Refusal | null {
  if (!isFields(data)) return null;
  const { code, message, retryAfterMs } = data;
  if (!isRefusalCode(code)) return null;
  return {
    code,
    message: typeof message === 'string' ? message : code,
    ...(isSeq(retryAfterMs) && { retryAfterMs }),
  };
}

/** What became of a request. `lost`: the connection went first. `at` is where a command's events stand. */
export type Reply =
  | { readonly kind: 'done'; readonly data: unknown; readonly at: Readonly<Record<string, number>> }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'lost' };

export const UNREADABLE: Failure = {
  code: 'internal',
  message: 'The server gave an answer that cannot be read',
};
const unreadable: Reply = { kind: 'failed', error: UNREADABLE };

export function readAck(ack: unknown): Reply {
  if (!isFields(ack)) return unreadable;
  if (ack.ok === true) return { kind: 'done', data: ack.data, at: readPositions(ack.at) };
  return isFailure(ack.error) ? { kind: 'failed', error: ack.error } : unreadable;
}

function readPositions(at: unknown): Readonly<Record<string, number>> {
  if (!isFields(at)) return {};
  const positions: Record<string, number> = {};
  for (const [topic, seq] of Object.entries(at)) if (isSeq(seq)) positions[topic] = seq;
  return positions;
}

const isDelta = (row: Fields): boolean =>
  isSeq(row.head) && isEnvelopes(row.events) && typeof row.more === 'boolean';
/** Any reason means the same: a newer server may know more of them than `ResetReason` does. */
const isReset = (row: Fields): boolean =>
  isSeq(row.head) && typeof row.reason === 'string' && row.snapshot !== undefined;
const isRefused = (row: Fields): boolean => isFailure(row.error);
const CHECKS = new Map<unknown, (row: Fields) => boolean>([
  ['delta', isDelta],
  ['reset', isReset],
  ['refused', isRefused],
]);

const isTopicAnswer = (row: unknown): row is TopicAnswer =>
  isFields(row) && typeof row.topic === 'string' && (CHECKS.get(row.kind)?.(row) ?? false);

export const isSubscribeAnswer = (data: unknown): data is SubscribeAnswer =>
  isFields(data) &&
  typeof data.epoch === 'string' &&
  Array.isArray(data.topics) &&
  data.topics.every(isTopicAnswer);

export const isCatchUpAnswer = (data: unknown): data is TopicAnswer & { epoch: string } =>
  isTopicAnswer(data) && 'epoch' in data && typeof data.epoch === 'string';
