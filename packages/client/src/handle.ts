import type { TopicKey, TopicName, TopicView } from '@almenara/events';
import type { TopicHandle } from './api.ts';
import type { Board } from './board.ts';
import type { Observable } from './observable.ts';

export function topicHandle<K extends TopicKey>(board: Board, key: K, name: TopicName): TopicHandle<K> {
  const followed = board.follow(key, name);
  const { feed, replica } = followed;
  let open = true;
  return {
    name,
    // The contract's folds forget their types (`AnyFold`); the key that chose the fold brings them back.
    view: replica.view as Observable<TopicView<K> | null>,
    status: feed.status,
    get cursor() {
      return replica.cursor;
    },
    close: () => {
      if (!open) return;
      open = false;
      board.unfollow(followed);
    },
  };
}
