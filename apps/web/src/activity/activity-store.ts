import type { Client } from '@almenara/client';
import type { Envelope } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isTold, type ToldEnvelope } from './activity-kinds.ts';

const ACTIVITY_KEPT = 40;

export type ActivityStore = StoreApi<readonly ToldEnvelope[]>;

/** Events that people did. What stock does because of an order is told by the order. */
function isActivity(envelope: Envelope): envelope is ToldEnvelope {
  if (!isTold(envelope)) return false;
  // The end of a count says what it found: an entry for each product would fill the list.
  if (envelope.type === 'count_recorded') return false;
  if (envelope.type !== 'inventory_updated') return true;
  switch (envelope.data.movement.kind) {
    case 'receipt':
    case 'adjustment':
    case 'transfer_in':
    case 'count':
    case 'sale':
    case 'shortage':
      return true;
    default:
      return false;
  }
}

const latestFirst = (a: Envelope, b: Envelope): number =>
  b.timestamp.localeCompare(a.timestamp) || (a.topic === b.topic ? b.seq - a.seq : 0);

/** The latest events, newest first; each once, however it came. */
export const createActivityStore = (): ActivityStore => createStore<readonly ToldEnvelope[]>(() => []);

export function addActivity(store: ActivityStore, events: readonly Envelope[]): void {
  const fresh = events.filter(isActivity);
  if (fresh.length === 0) return;
  const byId = new Map([...store.getState(), ...fresh].map((envelope) => [envelope.id, envelope]));
  store.setState([...byId.values()].sort(latestFirst).slice(0, ACTIVITY_KEPT), true);
}

/** Collects what arrives; of one burst (an import, a return from offline) in one go. */
export function collect(client: Client, store: ActivityStore): () => void {
  let waiting: ToldEnvelope[] = [];
  const flush = (): void => {
    const events = waiting;
    waiting = [];
    addActivity(store, events);
  };
  return client.onAny((envelope) => {
    // Checked before it is queued, as most events of a busy desk are no activity.
    if (isActivity(envelope) && waiting.push(envelope) === 1) setTimeout(flush, 0);
  });
}
