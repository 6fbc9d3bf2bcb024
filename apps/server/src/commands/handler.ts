import type { Actor, CommandName, CommandOutput, ParsedInput } from '@almenara/events';
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

/**
 * What a feature does about what others' commands have recorded, in the same transaction: it sees all events of the
 * command so far, and may record further ones.
 */
export type Reaction = (tx: CommandTx, events: readonly Recorded[], actor: Actor) => Promise<void>;
