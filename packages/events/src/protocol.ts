import { z } from 'zod';
import type { EndCode, Failure, RefusalCode } from './base/errors.ts';
import { LIMITS } from './base/limits.ts';
import { Role, Seq, Uuid } from './base/primitives.ts';
import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import type { Envelope } from './events.ts';
import type { Signal } from './signals.ts';

export const Handshake = z.object({
  token: z.string().max(4096).nullish(),
  clientId: z.string().min(1).max(128),
  protocol: z.int(),
});

export const AuthSuccess = z.object({
  userId: z.string(),
  role: Role,
  connectionId: z.string(),
  epoch: z.string(),
  serverTime: z.iso.datetime(),
  heartbeatMs: z.int(),
  maxPacketBytes: z.int(),
});
export type AuthSuccess = z.infer<typeof AuthSuccess>;

/** A place in one history of one topic: everything up to `seq` has been applied. `id` is the id of that event. */
export const Cursor = z.object({
  epoch: z.string().min(1).max(100),
  seq: Seq,
  id: z.string().max(100).optional(),
});
export type Cursor = z.infer<typeof Cursor>;

const topic = z.string().min(1).max(200);

export const SubscribeRequest = z.object({
  topics: z
    .array(
      z.object({
        topic,
        cursor: Cursor.optional(),
        /** Only what happens from now on is asked for: without a cursor the answer begins at the head, with no snapshot. */
        news: z.literal(true).optional(),
      }),
    )
    .min(1)
    .max(LIMITS.topicsPerSubscribe)
    .refine((asked) => new Set(asked.map((one) => one.topic)).size === asked.length, 'each topic once'),
});
export const UnsubscribeRequest = z.object({ topics: z.array(topic).min(1).max(LIMITS.topicsPerSubscribe) });
export const CatchUpRequest = z.object({
  topic,
  cursor: Cursor,
  limit: z.int().min(1).max(LIMITS.eventsPerRead).optional(),
});
export const CommandRequest = z.object({ commandId: Uuid, input: z.unknown() });
export const SignalRequest = z.object({ type: z.string().max(64), data: z.unknown() });

export type ResetReason = 'new' | 'epoch' | 'expired' | 'ahead' | 'history';

export type TopicAnswer =
  | { topic: string; kind: 'delta'; head: number; events: Envelope[]; more: boolean }
  | { topic: string; kind: 'reset'; reason: ResetReason; head: number; snapshot: unknown }
  | { topic: string; kind: 'refused'; error: Failure };

export interface SubscribeAnswer {
  epoch: string;
  topics: TopicAnswer[];
}

export type Ack<T> = { ok: true; data: T; at?: Record<string, number> } | { ok: false; error: Failure };
type Reply<T> = (ack: Ack<T>) => void;

export interface SessionEnded {
  code: z.infer<typeof EndCode>;
}
export interface Heads {
  epoch: string;
  heads: Record<string, number>;
}
export interface Refusal {
  code: RefusalCode;
  message: string;
  retryAfterMs?: number;
}

export interface ServerToClientEvents {
  auth_success: (hello: AuthSuccess) => void;
  events: (envelopes: Envelope[]) => void;
  heads: (heads: Heads) => void;
  signal: (signal: Signal) => void;
  draining: (notice: { reconnectInMs: number }) => void;
  session_ended: (notice: SessionEnded) => void;
}

type CommandPackets = {
  [N in CommandName]: (
    request: { commandId: string; input: CommandInput<N> },
    reply: Reply<CommandOutput<N>>,
  ) => void;
};

export interface ClientToServerEvents extends CommandPackets {
  subscribe: (request: z.input<typeof SubscribeRequest>, reply: Reply<SubscribeAnswer>) => void;
  unsubscribe: (request: z.input<typeof UnsubscribeRequest>, reply: Reply<Record<string, never>>) => void;
  catch_up: (request: z.input<typeof CatchUpRequest>, reply: Reply<TopicAnswer & { epoch: string }>) => void;
  signal: (request: z.input<typeof SignalRequest>, reply: Reply<Record<string, never>>) => void;
}
