import { LIMITS } from '@almenara/events';
import type { Past } from '../log/reader.ts';
import { type Row, rowOf } from './rows.ts';

/** Events in one answer, over all its topics; the rest is fetched by `catch_up`. */
const ANSWER_EVENTS = 2048;
/** Bytes of events in one answer… */
export const EVENT_BYTES = 4_000_000;
/** …and of all that is in it: the topics that it has no room for are to be asked for again. */
const ANSWER_BYTES = 16_000_000;

/** What one answer to `subscribe` has room for. Its first row always fits. */
export class AnswerRoom {
  private rows = 0;
  private events = 0;
  private eventBytes = 0;
  private bytes = 0;

  get isFull(): boolean {
    return this.bytes >= ANSWER_BYTES;
  }

  /** @returns the row of a topic, with as many events as there is room for; null where there is none for the topic */
  take(topic: string, past: Past): Row | null {
    if (this.isFull) return null;
    const limit = Math.min(Math.max(1, ANSWER_EVENTS - this.events), LIMITS.eventsPerRead);
    const row = rowOf(topic, cut(past, limit, Math.max(1, EVENT_BYTES - this.eventBytes)));
    if (this.rows > 0 && this.bytes + row.bytes > ANSWER_BYTES) return null;
    this.rows += 1;
    this.bytes += row.bytes;
    this.events += row.events;
    if (row.events > 0) this.eventBytes += row.bytes;
    return row;
  }
}

/** At least one event stays, if there is any. */
function cut(past: Past, limit: number, bytes: number): Past {
  if (past.kind === 'reset') return past;
  let size = 0;
  const over = past.events.findIndex(({ json }, i) => {
    size += json.length;
    return i === limit || (i > 0 && size > bytes);
  });
  return over === -1 ? past : { ...past, events: past.events.slice(0, over), more: true };
}
