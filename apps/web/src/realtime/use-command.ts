import { CommandFailed, type ConnectionState, isConnected } from '@almenara/client';
import type { Taken } from '@almenara/client/queue';
import type { CommandInput, CommandName, CommandOutput } from '@almenara/events';
import { useEffect, useRef, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useRealtime } from './context.ts';

/** `queued`: kept on this device and sent once there is a connection; `keptCount` counts it, and who follows that tells the person. */
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

/** How long to wait for a lost connection, in ms, before the person may go on and the command stays in the queue. */
const BLINK_MS = 1500;

/** One command at a time, with what became of it. Screens show it as done at once: see `Overlays`. */
export function useCommand<N extends CommandName>(name: N): CommandCall<N> {
  const { queue, connection, keptCount } = useRealtime();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<CommandFailed | null>(null);
  const unsettled = useRef<{ commandId: string; input: string } | null>(null);
  const waitedFor = useRef<Taken<N> | null>(null);
  const gone = useRef(false);
  // A component that is gone cannot show a refusal: the queue then keeps it for a person to see.
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      waitedFor.current?.leave();
    };
  }, []);

  const run = async (input: CommandInput<N>): Promise<CommandResult<N> | null> => {
    setPending(true);
    setError(null);
    const text = JSON.stringify(input);
    // The same thing asked again after no answer came keeps its id: it cannot happen twice [C1].
    const commandId = unsettled.current?.input === text ? unsettled.current.commandId : undefined;
    unsettled.current = null;
    const taken = queue.run(name, input, commandId);
    waitedFor.current = taken;
    // The component went away while the form was still checking the input.
    if (gone.current) taken.leave();
    const done = taken.result.then((output) => ({ kind: 'done' as const, output }));
    const stopped = new AbortController();
    const queued = offlineFor(connection, stopped.signal)
      .then(() => taken.kept)
      // The command could not be stored on this device: the person has to wait for its answer.
      .then(
        () => ({ kind: 'queued' as const }),
        () => done,
      );
    try {
      const result = await Promise.race([done, queued]);
      if (result.kind === 'queued') {
        taken.leave();
        keptCount.setState((count) => count + 1, true);
      }
      return result;
    } catch (failure) {
      if (!(failure instanceof CommandFailed)) throw failure;
      if (failure.outcome === 'unknown') unsettled.current = { commandId: failure.commandId, input: text };
      setError(failure);
      return null;
    } finally {
      stopped.abort();
      setPending(false);
    }
  };
  return { pending, error, run, reset: () => setError(null) };
}

/** Resolves at once where there is no connection and none is being made, and later when there has been none for a while. */
function offlineFor(connection: StoreApi<ConnectionState>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (state: ConnectionState, wait: number): void => {
      if (isConnected(state)) {
        clearTimeout(timer);
        timer = undefined;
      } else {
        timer ??= setTimeout(resolve, wait);
      }
    };
    const now = connection.getState();
    look(now, now.kind === 'connecting' ? BLINK_MS : 0);
    const unlisten = connection.subscribe((state) => look(state, BLINK_MS));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      unlisten();
    });
  });
}
