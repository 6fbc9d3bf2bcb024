import { z } from 'zod';
import { ROLES } from './roles.ts';

/** Lower case, however it was written: one id has one spelling, or maps and tables would disagree. */
export const Uuid = z.uuid().toLowerCase();
export const Timestamp = z.iso.datetime();
/** One position in a topic: 1, 2, 3 … ; 0 means "before the first event". */
export const Seq = z.int().min(0);
export const Version = z.int().min(1);

/** ISO 4217 code, as `EUR`. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, as EUR');

/** `amount` counts minor units (cents): 1999 with EUR is 19.99 €. */
export const Money = z.object({
  amount: z.int().min(0).max(1_000_000_000_000),
  currency: Currency,
});
export type Money = z.infer<typeof Money>;

export const ZoneCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, 'letters, digits, - and _, at most 32, as A1');
export const Quantity = z.int().min(1).max(1_000_000);
export const Delta = z
  .int()
  .min(-1_000_000)
  .max(1_000_000)
  .refine((n) => n !== 0, 'must not be 0');

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
