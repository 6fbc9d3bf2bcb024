import type { QueuedCommand } from '@almenara/client/queue';
import type { TopicKey, TopicParams, TopicView } from '@almenara/events';

/** The view of another topic at the moment, or null. It may not have been updated for the pending commands yet. */
export type Peek = <K extends TopicKey>(key: K, params?: TopicParams) => TopicView<K> | null;

/** A view as it will be once the pending commands are done; the same object where they change nothing. */
export type Overlay<K extends TopicKey> = (
  view: TopicView<K>,
  pending: readonly QueuedCommand[],
  params: TopicParams,
  peek: Peek,
) => TopicView<K>;

/**
 * How each topic shows the user's own commands that have no answer yet. Nothing is stored of it: when a command is
 * done its event takes over, and when it is refused it is no longer pending, so the view is the server's again.
 */
export type Overlays = { readonly [K in TopicKey]?: Overlay<K> };
