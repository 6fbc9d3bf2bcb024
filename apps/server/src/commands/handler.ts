import type {
  Actor,
  CommandName,
  CommandOutput,
  EventData,
  EventType,
  ParsedInput,
  TopicName,
} from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { Recorded } from '../log/record.ts';

/** What a handler works with. Events are only buffered: they get their places when the handler is done. */
export interface CommandTx {
  readonly db: Tx;
  /** One moment for the whole command. */
  readonly now: Date;
  newId(): string;
  record<T extends EventType>(type: T, topic: TopicName, data: EventData<T>): void;
}

/**
 * Changes rows and records what happened; never commits, so that its transaction may hold more than its own work.
 * Throws `Refused` to turn the command down: its rows are rolled back, the refusal is its recorded outcome.
 */
export type CommandHandler<N extends CommandName> = (
  tx: CommandTx,
  input: ParsedInput<N>,
  actor: Actor,
) => Promise<CommandOutput<N>>;

export type CommandHandlers = { [N in CommandName]: CommandHandler<N> };

/** What a feature does when an event happens, in the same transaction; it may record further events. */
export type Reaction<T extends EventType> = (tx: CommandTx, event: Recorded<T>, actor: Actor) => Promise<void>;
export type Reactions = { [T in EventType]?: readonly Reaction<T>[] };
