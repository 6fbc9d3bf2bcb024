import { isFields } from './shape.ts';

/** Messages by the path of a field, as `lines.0.quantity`. */
export type FieldErrors = Readonly<Partial<Record<string, string>>>;

/** The fields that the details of a refusal name, in the server's words: those of an `invalid` one do. */
export function serverFieldErrors(details: unknown): FieldErrors {
  if (!isFields(details) || !Array.isArray(details.fields)) return {};
  const errors: Record<string, string> = {};
  for (const field of details.fields)
    if (isFields(field) && typeof field.path === 'string' && typeof field.message === 'string')
      errors[field.path] = field.message;
  return errors;
}
