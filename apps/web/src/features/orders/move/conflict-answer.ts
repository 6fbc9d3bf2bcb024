import type { CommandFailed } from '@almenara/client';
import type { Order } from '@almenara/events';
import { isFields } from '../../../http/shape.ts';

/** Checks only the outer fields: the rest is as the server's contract says. */
const isOrder = (value: unknown): value is Order =>
  isFields(value) &&
  typeof value.id === 'string' &&
  typeof value.version === 'number' &&
  Array.isArray(value.lines);

/** The order as it is now, where a `conflict` answer says so. */
export function orderInAnswer(error: CommandFailed | null): Order | undefined {
  const current = error?.code === 'conflict' ? error.details?.current : null;
  return isFields(current) && isOrder(current.order) ? current.order : undefined;
}
