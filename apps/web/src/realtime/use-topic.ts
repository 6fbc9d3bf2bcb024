import type { TopicKey, TopicParams, TopicView } from '@almenara/events';
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { useRealtime } from './context.ts';
import type { TopicState, TopicStores } from './topic-stores.ts';

/** A topic's live view and how far it can be trusted; followed while the component stands. */
export function useTopic<K extends TopicKey>(key: K, params?: TopicParams): TopicState<K> {
  return useTopicState(key, params, whole);
}

/** A part of a topic's view; renders anew only when that part is another one. Null before the first snapshot. */
export function useTopicPart<K extends TopicKey, P>(
  key: K,
  select: (view: TopicView<K>) => P,
  params?: TopicParams,
): P | null {
  return useTopicState(key, params, ({ view }) => (view === null ? null : select(view)));
}

const whole = <T>(state: T): T => state;

function useTopicState<K extends TopicKey, P>(
  key: K,
  params: TopicParams | undefined,
  select: (state: TopicState<K>) => P,
): P {
  const { topics } = useRealtime();
  const name = JSON.stringify(params ?? {});
  // `name` stands for the parameters, which may be another object at each render.
  const topic = useMemo(
    () => ({ state: () => topics.state(key, params), subscribe: following(topics, key, params) }),
    [topics, key, name],
  );
  return useSyncExternalStore(topic.subscribe, () => select(topic.state()));
}

/** Listening to a topic's store is what keeps it followed. */
function following<K extends TopicKey>(topics: TopicStores, key: K, params: TopicParams | undefined) {
  return (listener: () => void): (() => void) => {
    const unlisten = topics.store(key, params).subscribe(listener);
    const release = topics.use(key, params);
    return () => {
      unlisten();
      release();
    };
  };
}

/** The live views of one topic for each of several parameters, in their order; null where none has arrived. */
export function useTopics<K extends TopicKey>(
  key: K,
  all: readonly TopicParams[],
): readonly (TopicView<K> | null)[] {
  const { topics } = useRealtime();
  const last = useRef<readonly (TopicView<K> | null)[]>([]);
  const name = JSON.stringify(all);
  // `name` stands for `all`, which may be another array at each render.
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = all.map((params) => following(topics, key, params)(listener));
      return () => stops.forEach((stop) => void stop());
    },
    [topics, key, name],
  );
  return useSyncExternalStore(subscribe, () => {
    const views = all.map((params) => topics.state(key, params).view);
    const same = views.length === last.current.length && views.every((view, i) => view === last.current[i]);
    if (!same) last.current = views;
    return last.current;
  });
}
