import type { Client as Customer, Envelope } from '@almenara/events';
import { uuidOf } from './desk.ts';

/** The topics that stories are told of. */
export const TOPICS = ['clients', 'zones', 'user:ana'];
const AT = '2026-01-01T00:00:00.000Z';

/** Each history has other names, so that an event taken from the wrong one shows. */
export function makeEvent(topic: string, seq: number, history: string, commandId: string | null): Envelope {
  const frame = { id: `${history}/${seq}`, topic, seq, timestamp: AT, userId: null, commandId };
  const entity = { id: uuidOf(seq % 7), name: `${history} ${seq}`, version: 1, createdAt: AT, updatedAt: AT };
  if (topic === 'zones') return { ...frame, type: 'zone_created', data: { zone: { ...entity, code: 'A1' } } };
  const contact = { email: null, phone: null, country: null, notes: null };
  const client: Customer = { ...entity, ...contact, archived: false, mergedInto: null };
  return { ...frame, type: 'client_created', data: { client } };
}
