import { type Envelope, events, eventTypes } from '@almenara/events';
import { z } from 'zod';
import { request } from '../http/request.ts';

const Frame = z.object({
  id: z.string(),
  topic: z.string(),
  seq: z.int(),
  type: z.enum(eventTypes),
  timestamp: z.string(),
  userId: z.string().nullable(),
  commandId: z.string().nullable(),
  data: z.unknown(),
});

const isEnvelope = (frame: z.infer<typeof Frame>): frame is Envelope =>
  events[frame.type].data.safeParse(frame.data).success;

/** What happened on a topic just before `seq`, out of the log. */
export async function eventsBefore(topic: string, seq: number, limit: number): Promise<Envelope[]> {
  const after = Math.max(0, seq - limit);
  const answer = await request(
    z.object({ events: z.array(Frame) }),
    `/api/topics/${encodeURIComponent(topic)}/events?after=${after}&limit=${limit}`,
  );
  return answer.events.filter(isEnvelope);
}
