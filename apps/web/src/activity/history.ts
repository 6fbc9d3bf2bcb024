import type { Envelope } from '@almenara/events';
import { request } from '../http/request.ts';
import { isFields, type Shape, shape } from '../http/shape.ts';
import { isEventType } from './activity-kinds.ts';

/** As with what arrives live, the server's word is taken for what an event of a known type holds. */
const isEnvelope = (value: unknown): value is Envelope =>
  isFields(value) && typeof value.type === 'string' && isEventType(value.type) && isFields(value.data);

const known: Shape<readonly Envelope[]> = shape((value) =>
  isFields(value) && Array.isArray(value.events) ? { data: value.events.filter(isEnvelope) } : null,
);

/** What happened on a topic just before `seq`, out of the log. Events of a newer server are left out. */
export function eventsBefore(topic: string, seq: number, limit: number): Promise<readonly Envelope[]> {
  const after = Math.max(0, seq - limit);
  return request(known, `/api/topics/${encodeURIComponent(topic)}/events?after=${after}&limit=${limit}`);
}
