import type { Envelope } from '@almenara/events';
import { request } from '../http/request.ts';
import { isFields, type Shape, shape } from '../http/shape.ts';
import { isTold, type ToldEnvelope } from './activity-kinds.ts';

/** As with what arrives live, the server's word is taken for what an event of a known type holds. */
const isEnvelope = (value: unknown): value is Envelope =>
  isFields(value) && typeof value.type === 'string' && isFields(value.data);

const known: Shape<readonly ToldEnvelope[]> = shape((value) =>
  isFields(value) && Array.isArray(value.events)
    ? { data: value.events.filter(isEnvelope).filter(isTold) }
    : null,
);

/** What happened on a topic just before `seq`, out of the log. Only what people read of. */
export function eventsBefore(topic: string, seq: number, limit: number): Promise<readonly ToldEnvelope[]> {
  const after = Math.max(0, seq - limit);
  return request(known, `/api/topics/${encodeURIComponent(topic)}/events?after=${after}&limit=${limit}`);
}
