import type { EventData, EventType, TopicName } from '@almenara/events';
import type { Tx } from '../database/client.ts';

/** What a handler works with. Events are only buffered: they get their places when the handler is done. */
export interface CommandTx {
  readonly db: Tx;
  /** One moment for the whole command. */
  readonly now: Date;
  newId(): string;
  /**
   * Has work that would hold this transaction for too long go on in one of its own, as the system's, once this one is
   * committed. It must be such that nothing is wrong without it: a process that dies in between does not do it.
   */
  goOn(name: string, work: (tx: CommandTx) => Promise<void>): void;
  record<T extends EventType>(type: T, topic: TopicName, data: EventData<T>): void;
}
