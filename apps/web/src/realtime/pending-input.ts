import type { QueuedCommand } from '@almenara/client';
import type { CommandInput, CommandName } from '@almenara/events';

/** A queued command as one of these, or null. Its input was typed by the contract when it was given. */
export function pendingInput<N extends CommandName>(command: QueuedCommand, name: N): CommandInput<N> | null {
  return command.name === name ? (command.input as unknown as CommandInput<N>) : null;
}
