import { z } from 'zod';
import { Timestamp } from './primitives.ts';
import { SIGNAL_TYPES } from './signal-types.ts';

const Presence = z.object({ userId: z.string(), name: z.string() });

/** Volatile, latest wins, never stored. `from` says who may send one: the server alone, or clients through it. */
export const signals = {
  user_connected: { from: 'server', data: Presence },
  user_disconnected: { from: 'server', data: Presence },
  viewing: { from: 'client', data: z.strictObject({ orderId: z.uuid().nullable() }) },
} as const;

export type SignalType = keyof typeof signals;
export type SignalData<T extends SignalType> = z.infer<(typeof signals)[T]['data']>;

export const SignalEnvelope = z.object({
  type: z.enum(SIGNAL_TYPES),
  data: z.record(z.string(), z.unknown()),
  at: Timestamp,
});
export type Signal = {
  [T in SignalType]: { type: T; data: SignalData<T> & { userId: string; name: string }; at: string };
}[SignalType];
