import { z } from 'zod';
import type { Namespace } from './define.ts';
import { Timestamp } from './primitives.ts';
import { SIGNAL_TYPES } from './signal-types.ts';

const Presence = z.object({ userId: z.string(), name: z.string() });

export interface SignalDefinition {
  readonly namespace: Namespace;
  /** Who may send one: the server alone, or clients through it; of a client the latest counts. */
  readonly from: 'server' | 'client';
  readonly data: z.ZodType;
}

/** Volatile, latest wins, never stored. */
export const signals = {
  user_connected: { namespace: '/desk', from: 'server', data: Presence },
  user_disconnected: { namespace: '/desk', from: 'server', data: Presence },
  viewing: {
    namespace: '/desk',
    from: 'client',
    data: z.strictObject({ orderId: z.uuid().nullable() }),
  },
} as const satisfies Record<string, SignalDefinition>;

export type SignalType = keyof typeof signals;
export const isSignal = (type: string): type is SignalType => Object.hasOwn(signals, type);
export type SignalData<T extends SignalType> = z.infer<(typeof signals)[T]['data']>;

export const SignalEnvelope = z.object({
  type: z.enum(SIGNAL_TYPES),
  data: z.record(z.string(), z.unknown()),
  at: Timestamp,
});
export type Signal = {
  [T in SignalType]: { type: T; data: SignalData<T> & { userId: string; name: string }; at: string };
}[SignalType];
