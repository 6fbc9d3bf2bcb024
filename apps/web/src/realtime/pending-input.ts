import type { QueuedCommand } from '@almenara/client/queue';
import type { CommandInput, CommandName } from '@almenara/events';

/** A queued command as one of these, or null. Its input was typed by the contract when it was given. */
export function pendingInput<N extends CommandName>(command: QueuedCommand, name: N): CommandInput<N> | null {
  return command.name === name ? (command.input as unknown as CommandInput<N>) : null;
}

/** The name of a client that one of these commands is to add. */
export const pendingClientName = (commands: readonly QueuedCommand[], clientId: string): string | undefined =>
  commands
    .map((command) => pendingInput(command, 'create_client'))
    .find((input) => input?.clientId === clientId)
    ?.name.trim();
