import { z } from 'zod';
import type { Namespace } from './base/define.ts';
import { Timestamp, Uuid } from './base/primitives.ts';
import { SIGNAL_TYPES } from './base/signal-types.ts';

const Somebody = z.object({ userId: z.string(), name: z.string() });

interface FromServer {
  readonly namespace: Namespace;
  readonly from: 'server';
  readonly data: z.ZodType;
}

/**
 * Who is at a place, such as an order that they look at. The server keeps the lists: whoever says where they are is on
 * it until they leave, are gone, or have not said so again for `leaseMs`; `by` says which tab it is, where several share a
 * connection. All are told the whole list when it changes, newcomers at once, and whoever says where they are, each time.
 */
interface Placed {
  readonly namespace: Namespace;
  readonly from: 'client';
  /** The field that says where; null: nowhere of this kind any more. `left` says that it is this place that is left. */
  readonly place: string;
  readonly leaseMs: number;
  readonly data: z.ZodType<Readonly<Record<string, unknown>>>;
  /** What all are told: the place, and `users`. */
  readonly told: z.ZodType;
}

export type SignalDefinition = FromServer | Placed;

const SaidBy = z.string().max(64).optional();

/** Volatile, latest wins, never stored. */
export const signals = {
  presence: {
    namespace: '/desk',
    from: 'server',
    data: z.object({
      users: z.array(z.object({ userId: z.string(), state: z.enum(['online', 'away']), since: Timestamp })),
    }),
  },
  user_connected: { namespace: '/desk', from: 'server', data: Somebody },
  user_disconnected: { namespace: '/desk', from: 'server', data: Somebody },
  viewing: {
    namespace: '/desk',
    from: 'client',
    place: 'orderId',
    leaseMs: 45_000,
    data: z.strictObject({
      orderId: Uuid.nullable(),
      /** What of it, as an input that somebody is writing in. */
      field: z.string().min(1).max(64).optional(),
      left: z.literal(true).optional(),
      by: SaidBy,
    }),
    told: z.object({ orderId: Uuid, field: z.string().optional(), users: z.array(Somebody) }),
  },
} as const satisfies Record<string, SignalDefinition>;

export type SignalType = keyof typeof signals;
export const isSignal = (type: string): type is SignalType => Object.hasOwn(signals, type);
/** What is sent with a signal by whoever sends it. */
export type SignalData<T extends SignalType> = z.infer<(typeof signals)[T]['data']>;
type Told<T extends SignalType> = (typeof signals)[T] extends { readonly told: infer S extends z.ZodType }
  ? z.infer<S>
  : SignalData<T>;

export const SignalEnvelope = z.object({
  type: z.enum(SIGNAL_TYPES),
  data: z.record(z.string(), z.unknown()),
  at: Timestamp,
});
/** What clients are told. */
export type Signal = { [T in SignalType]: { type: T; data: Told<T>; at: string } }[SignalType];
