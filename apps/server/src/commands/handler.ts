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
import type { Needs } from '../unit/needs.ts';
import type { More } from '../unit/unit.ts';
import type { Further, Work } from '../unit/work.ts';

/** What a handler works with. Events are only buffered: they get their places when the handler is done. */
export interface CommandTx {
  readonly db: Tx;
  /** One moment for the whole command. */
  readonly now: Date;
  newId(): string;
  /** Locks and reads what is named, to be decided on in memory; it is written when the handler is done. Once at most. */
  hold(needs: Needs, more?: More): Promise<Work>;
  goOn(further: Further): void;
  enqueue: Work['enqueue'];
  recheckTopic: Work['recheckTopic'];
  record<T extends EventType>(type: T, topic: TopicName, data: EventData<T>): void;
}

/**
 * Changes rows and records what happened, in a transaction of its own; never commits. For what is rare, or cannot say
 * beforehand which rows it touches. Throws `Refused` to turn the command down: its rows are rolled back, the refusal is
 * its recorded outcome.
 */
export type CommandHandler<N extends CommandName> = (
  tx: CommandTx,
  input: ParsedInput<N>,
  actor: Actor,
) => Promise<CommandOutput<N>>;

/**
 * A command that shares its transaction with others that came meanwhile: it names its rows, and decides in memory, in
 * its turn, on what those before it have left. It knows nothing of statements, locks and batches.
 */
export interface Decider<N extends CommandName> {
  needs(input: ParsedInput<N>, actor: Actor): Needs;
  /** Names further rows once the first are held, clients, products and levels only: where one names the next. */
  more?(unit: Unit, input: ParsedInput<N>): Needs | null;
  /** Throws `Refused` to turn the command down: what it changed in memory is taken back. */
  decide(work: Work, input: ParsedInput<N>, actor: Actor): CommandOutput<N>;
  /** Does it in a transaction of its own where `rarely` says so. */
  readonly alone?: { rarely(input: ParsedInput<N>): boolean; readonly handle: CommandHandler<N> };
}
type Unit = Parameters<More>[0];

export type CommandHandlers = { [N in CommandName]: CommandHandler<N> | Decider<N> };

/**
 * What a feature does about what others' commands have recorded, in the same instant: it sees all events of the command
 * so far, and may record further ones. It is part of everybody's transaction: only what must never be seen apart.
 */
export type Reaction = (record: Work['record'], events: readonly Recorded[]) => void;
