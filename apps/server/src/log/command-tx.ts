import type { EventData, EventType, TopicName } from '@almenara/events';
import type { Tx } from '../database/client.ts';

/** What a handler works with. Events are only buffered: they get their places when the handler is done. */
export interface CommandTx {
  readonly db: Tx;
  /** One moment for the whole command. */
  readonly now: Date;
  newId(): string;
  record<T extends EventType>(type: T, topic: TopicName, data: EventData<T>): void;
}
