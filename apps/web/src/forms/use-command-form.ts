import type { CommandFailed } from '@almenara/client';
import type { CommandInput, CommandName } from '@almenara/events';
import { type FieldErrors, serverFieldErrors } from '../http/server-fields.ts';
import { type CommandResult, useCommand } from '../realtime/index.ts';
import { useFieldErrors } from './field-errors.ts';

export interface CommandForm<N extends CommandName> {
  readonly pending: boolean;
  readonly error: CommandFailed | null;
  readonly errors: FieldErrors;
  /** Checks, sends, and resolves to what came of it, or to null where something is not right: then it is shown. */
  submit(input: CommandInput<N>): Promise<CommandResult<N> | null>;
  reset(): void;
}

/** A form that is one command. */
export function useCommandForm<N extends CommandName>(name: N): CommandForm<N> {
  const command = useCommand(name);
  const fields = useFieldErrors(({ commands }) => commands[name].input);
  return {
    pending: fields.checking || command.pending,
    error: command.error,
    errors: {
      ...fields.errors,
      ...serverFieldErrors(command.error?.details),
    },
    submit: async (input) => ((await fields.check(input)) ? command.run(input) : null),
    reset: command.reset,
  };
}
