import type { EventData, EventType, TopicKey, TopicName } from '@almenara/events';
import { v5 } from 'uuid';
import type { z } from 'zod';
import type { Origin } from '../../log/record.ts';
import type { CommandTx } from '../handler.ts';

/** An event as followers are told of it. */
export type FollowedEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly id: string;
    readonly topic: TopicName;
    readonly seq: number;
    readonly type: K;
    readonly data: EventData<K>;
    readonly at: Date;
    /** Who did it; null for the system. */
    readonly userId: string | null;
    readonly origin: Origin;
  };
}[T];

/**
 * What reacts to events that have happened, in transactions of its own: each event once and in the order of its topic,
 * whichever node dies. A new one begins at the end of the log; what is not to be missed in the very instant of the event
 * is a reaction instead.
 */
export interface Follower<T extends EventType = EventType, P extends z.ZodType = z.ZodType> {
  /** Its position is kept under it: another name is another follower. */
  readonly name: string;
  readonly topics: readonly TopicKey[];
  readonly types: readonly T[];
  /** Whose doings it is told of; imports of old sales are not among them unless it says so. */
  readonly origins?: readonly Origin[];
  /** Whether it has anything to do about an event: what does not concern it costs no transaction. */
  concerns?(event: FollowedEvent<T>): boolean;
  /**
   * Changes rows and records events in one transaction with its own step forward. It may be called again for the same
   * event after a failure, never after it was committed. What it returns are parts that are handled next, in transactions of their
   * own, one after the other: as this transaction has left them, whatever changes meanwhile.
   */
  handle(tx: CommandTx, event: FollowedEvent<T>): Promise<readonly z.input<P>[] | undefined>;
  readonly parts?: {
    /** What a part is, as JSON. */
    readonly schema: P;
    handle(tx: CommandTx, event: FollowedEvent<T>, part: z.output<P>): Promise<void>;
  };
  /** After the last attempt the event is put aside and the topic goes on (`park`), or the topic waits for as long as it takes (`hold`). */
  readonly onFailure: 'park' | 'hold';
}

export const defineFollower = <T extends EventType, P extends z.ZodType = z.ZodNever>(
  follower: Follower<T, P>,
): Follower<T, P> => follower;

/** What it does about one event has always the same id; part 0 is the event itself. */
export const handlingId = (follower: string, eventId: string, part: number): string =>
  v5(`${follower} ${part}`, eventId);
