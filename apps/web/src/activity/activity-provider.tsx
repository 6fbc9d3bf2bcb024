import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useRealtime, useTopicPart } from '../realtime/index.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { whenIdle } from '../when-idle.ts';
import type { ToldEnvelope } from './activity-kinds.ts';
import { type ActivityStore, addActivity, collect, createActivityStore } from './activity-store.ts';
import { eventsBefore } from './history.ts';

const FollowStock = lazyPart(async () => (await import('./follow-stock.tsx')).FollowStock, { quiet: true });
const ActivityContext = createContext<ActivityStore | null>(null);
const HISTORY = 20;
/** How long a page may still fetch and draw its parts after its data has come, in ms. */
const DRAWN_MS = 1000;

/** Follows what the whole desk needs, on whichever page: the latest activity and the toasts come from it. */
export function ActivityProvider({ children }: { children: ReactNode }) {
  const { client } = useRealtime();
  const [store] = useState(createActivityStore);
  useEffect(() => collect(client, store), [client, store]);
  useHistory(store);
  const arrived = useTopicPart('products', () => true) ?? false;
  const idle = useIdle(arrived);
  return (
    <ActivityContext value={store}>
      {idle && <FollowStock />}
      {children}
    </ActivityContext>
  );
}

export function useActivity(): readonly ToldEnvelope[] {
  const store = use(ActivityContext);
  if (!store) throw new Error('Used outside the desk');
  return useStore(store);
}

/** True once the page has its data and time to draw it: what only the activity list needs must not delay that. */
function useIdle(arrived: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!arrived) return;
    let callOff = (): void => clearTimeout(timer);
    const timer = setTimeout(() => {
      callOff = whenIdle(() => setIdle(true));
    }, DRAWN_MS);
    return () => callOff();
  }, [arrived]);
  return idle;
}

/** The list begins with what the log tells of the orders, so that it is not empty after each reload. */
function useHistory(store: ActivityStore): void {
  const { topics } = useRealtime();
  const loaded = useTopicPart('orders', () => true);
  useEffect(() => {
    const { status } = topics.state('orders');
    if (!loaded || status.kind === 'loading' || status.kind === 'refused') return;
    eventsBefore('orders', status.seq, HISTORY).then(
      (events) => addActivity(store, events),
      () => {
        // The list then begins empty, and shows what happens from now on.
      },
    );
  }, [loaded, store, topics]);
}
