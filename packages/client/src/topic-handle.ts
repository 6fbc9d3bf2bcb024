import type { TopicKey, TopicName, TopicView } from '@almenara/events';
import type { TopicHandle } from './api.ts';
import type { Observable } from './observable.ts';
import type { TopicRegistry } from './topic-registry.ts';

export function topicHandle<K extends TopicKey>(
  registry: TopicRegistry,
  key: K,
  name: TopicName,
): TopicHandle<K> {
  const followed = registry.follow(key, name);
  const { subscription, replica } = followed;
  let open = true;
  return {
    name,
    // The contract's folds forget their types (`AnyFold`); the key that chose the fold brings them back.
    view: replica.view as Observable<TopicView<K> | null>,
    status: subscription.status,
    get cursor() {
      return replica.cursor;
    },
    close: () => {
      if (!open) return;
      open = false;
      registry.unfollow(followed);
    },
  };
}
