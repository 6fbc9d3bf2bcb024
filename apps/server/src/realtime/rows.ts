import type { Failure, TopicAnswer } from '@almenara/events';
import type { Past } from '../log/reader.ts';
import type { JsonParts } from './frames.ts';

/** The answer about one topic, as JSON that has not been parsed on its way from the log. */
export interface Row {
  readonly parts: JsonParts;
  readonly bytes: number;
  readonly events: number;
  /** Of the history that it was read in; null where nothing was. */
  readonly epoch: string | null;
}

type Delta = Omit<Extract<TopicAnswer, { kind: 'delta' }>, 'events'>;
type Reset = Omit<Extract<TopicAnswer, { kind: 'reset' }>, 'snapshot'>;
type RefusedRow = Extract<TopicAnswer, { kind: 'refused' }>;

/** `{"a":1` of `{"a":1}`: a field follows. */
const open = (fields: object): string => JSON.stringify(fields).slice(0, -1);

/** `more`: fields that the row has beside its own. */
export function rowOf(topic: string, past: Past, more: { epoch?: string } = {}): Row {
  const { epoch, head } = past;
  if (past.kind === 'reset') {
    const { reason, stored } = past;
    const fields: Reset = { topic, kind: 'reset', reason, head };
    const { json } = stored;
    const parts = [`${open({ ...fields, ...more })},"snapshot":`, { json, of: stored }, '}'];
    return { parts, bytes: json.length, events: 0, epoch };
  }
  const fields: Delta = { topic, kind: 'delta', head, more: past.more };
  const text = `${open({ ...fields, ...more })},"events":[${past.events.map(({ json }) => json).join(',')}]}`;
  return { parts: [text], bytes: text.length, events: past.events.length, epoch };
}

export function refusedRow(topic: string, error: Failure): Row {
  const fields: RefusedRow = { topic, kind: 'refused', error };
  const text = JSON.stringify(fields);
  return { parts: [text], bytes: text.length, events: 0, epoch: null };
}

export const isRow = (value: object): value is Row => 'parts' in value;
