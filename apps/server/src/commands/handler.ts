import type { Actor, CommandName, CommandOutput, EventType, ParsedInput } from '@almenara/events';
import type { CommandTx } from '../log/command-tx.ts';
import type { Recorded } from '../log/record.ts';

export type { CommandTx };

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
export type Reaction<T extends EventType> = (
  tx: CommandTx,
  event: Recorded<T>,
  actor: Actor,
) => Promise<void>;
export type Reactions = { [T in EventType]?: readonly Reaction<T>[] };
