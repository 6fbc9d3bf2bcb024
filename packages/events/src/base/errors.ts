import { z } from 'zod';
import { END_CODES, ERROR_CODES, REFUSAL_CODES } from './error-codes.ts';

export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Failure = z.object({
  code: ErrorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  retryAfterMs: z.int().min(0).optional(),
});
export type Failure = z.infer<typeof Failure>;

export const RefusalCode = z.enum(REFUSAL_CODES);
export type RefusalCode = z.infer<typeof RefusalCode>;

export const EndCode = z.enum(END_CODES);
export type EndCode = z.infer<typeof EndCode>;

/** The paths and reasons of a failed parse, as `details.fields` of an `invalid` answer. */
export function fieldErrors(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}
