import { CommandFailed } from '@almenara/client';
import type { CommandInput, CommandName, CommandOutput } from '@almenara/events';
import { useRef, useState } from 'react';
import { useRealtime } from './context.ts';

/** `queued`: kept on this device and sent once there is a connection; the person has been told. */
export type CommandResult<N extends CommandName> =
  | { readonly kind: 'done'; readonly output: CommandOutput<N> }
  | { readonly kind: 'queued' };

export interface CommandCall<N extends CommandName> {
  readonly pending: boolean;
  readonly error: CommandFailed | null;
  /** What came of it, or null where it failed: then `error` says why. */
  run(input: CommandInput<N>): Promise<CommandResult<N> | null>;
  reset(): void;
}

/** One command at a time, with what became of it. */
export function useCommand<N extends CommandName>(name: N): CommandCall<N> {
  const { client } = useRealtime();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<CommandFailed | null>(null);
  const unsettled = useRef<{ commandId: string; input: string } | null>(null);
  const run = async (input: CommandInput<N>): Promise<CommandResult<N> | null> => {
    setPending(true);
    setError(null);
    const text = JSON.stringify(input);
    // The same thing asked again after no answer came keeps its id: it cannot happen twice [C1].
    const commandId = unsettled.current?.input === text ? unsettled.current.commandId : undefined;
    unsettled.current = null;
    try {
      return {
        kind: 'done',
        output: await client.run(name, input, commandId === undefined ? {} : { commandId }),
      };
    } catch (failure) {
      if (!(failure instanceof CommandFailed)) throw failure;
      if (failure.outcome === 'unknown') unsettled.current = { commandId: failure.commandId, input: text };
      setError(failure);
      return null;
    } finally {
      setPending(false);
    }
  };
  return { pending, error, run, reset: () => setError(null) };
}
