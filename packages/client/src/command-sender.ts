import type { AuthSuccess, CommandInput, CommandName, CommandOutput } from '@almenara/events';
import { waitMs } from './backoff.ts';
import type { NamespaceSocket } from './namespace-socket.ts';
import { PendingCommand } from './pending-command.ts';
import type { Timers } from './timers.ts';
import type { Reply } from './wire.ts';

export const COMMAND_TIMEOUT_MS = 10_000;
const COMMAND_PATIENCE_MS = 60_000;
/** More than this many commands without an answer wait here rather than in the server's queue. */
export const COMMANDS_IN_FLIGHT = 100;
/** What a packet holds beside name and payload: namespace, ack id, framing. */
const PACKET_HEADROOM_BYTES = 256;

export interface RunOptions {
  readonly commandId?: string;
  readonly signal?: AbortSignal;
  /** How long to go on trying, in ms; null for as long as it takes. */
  readonly timeoutMs?: number | null;
}

export interface CommandSenderDeps {
  readonly timers: Timers;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly ackTimeoutMs: number;
  /** Who is signed in, as far as is known. */
  userId(): string | null;
  /** Where the events of a command that was done stand. */
  standsAt(positions: Readonly<Record<string, number>>): void;
}

/**
 * Commands on their way: each is sent under one `commandId` until it has its answer [C1]. What waits for the
 * connection leaves in the order it was issued in; what has been sent does not hold up the next.
 */
export class CommandSender {
  readonly #deps: CommandSenderDeps;
  /** All without an answer, in the order they were issued. */
  readonly #commands = new Set<PendingCommand>();
  /** Those of them that can be sent. */
  #queued = new Set<PendingCommand>();
  #inFlight = 0;
  #socket: NamespaceSocket | null = null;
  #stopped = false;

  constructor(deps: CommandSenderDeps) {
    this.#deps = deps;
  }

  run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    options: RunOptions = {},
  ): Promise<CommandOutput<N>> {
    const commandId = options.commandId ?? this.#deps.uuid();
    return new Promise((resolve, reject) => {
      // The wire's edge: the server answers with what the contract says of this command.
      const done = (output: unknown): void => resolve(output as CommandOutput<N>);
      const caller = { done, failed: reject };
      this.#begin(new PendingCommand(name, commandId, input, this.#deps.userId(), caller), options);
    });
  }

  start(): void {
    this.#stopped = false;
  }

  stop(): void {
    this.#stopped = true;
    for (const command of [...this.#commands]) command.interrupted('The client was stopped');
  }

  attach(socket: NamespaceSocket, { userId }: AuthSuccess): void {
    this.#socket = socket;
    for (const command of [...this.#commands]) {
      command.userId ??= userId;
      // It must not be done in another's name, nor looked up among another's command ids.
      if (command.userId !== userId) {
        command.fail({ code: 'unauthenticated', message: 'Somebody else has signed in since it was issued' });
      }
    }
    this.#queued = new Set([...this.#commands].filter((command) => !command.retry));
    this.#pump();
  }

  detach(): void {
    this.#socket = null;
  }

  #begin(command: PendingCommand, { signal, timeoutMs = COMMAND_PATIENCE_MS }: RunOptions): void {
    if (this.#stopped) return command.interrupted('The client has been stopped');
    if (signal?.aborted) return command.interrupted('Aborted', signal.reason);
    this.#commands.add(command);
    command.whenOver(() => {
      this.#commands.delete(command);
      this.#queued.delete(command);
    });
    if (timeoutMs !== null) {
      command.whenOver(this.#deps.timers.setTimeout(() => command.gaveUp(timeoutMs), timeoutMs));
    }
    if (signal) {
      const abort = (): void => command.interrupted('Aborted', signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      command.whenOver(() => signal.removeEventListener('abort', abort));
    }
    this.#queued.add(command);
    this.#pump();
  }

  #pump(): void {
    for (const command of this.#queued) {
      if (!this.#socket?.alive || this.#inFlight >= COMMANDS_IN_FLIGHT) return;
      this.#queued.delete(command);
      this.#send(this.#socket, command);
    }
  }

  #send(socket: NamespaceSocket, command: PendingCommand): void {
    const { name, commandId, input, bytes } = command;
    const limit = socket.hello?.maxPacketBytes ?? Number.POSITIVE_INFINITY;
    if (bytes + PACKET_HEADROOM_BYTES > limit) {
      // Sent, it would close the connection instead of having an answer, and again after each reconnect.
      const message = `${name} is ${bytes} bytes long; the server takes packets of ${limit}`;
      return command.fail({ code: 'too_large', message, details: { bytes, limit } });
    }
    this.#inFlight += 1;
    command.sent();
    socket.command(name, { commandId, input }, this.#deps.ackTimeoutMs, (reply) => {
      this.#inFlight -= 1;
      if (reply.kind === 'done') this.#deps.standsAt(reply.at);
      if (!command.isOver) this.#answered(command, reply);
      this.#pump();
    });
  }

  #answered(command: PendingCommand, reply: Reply): void {
    command.answered(reply);
    if (command.isOver) return;
    // What went with the connection is queued again by the next.
    if (reply.kind !== 'lost')
      this.#later(command, reply.kind === 'failed' ? reply.error.retryAfterMs : undefined);
  }

  #later(command: PendingCommand, retryAfterMs: number | undefined): void {
    command.failures += 1;
    const wait = waitMs(command.failures, retryAfterMs, this.#deps.random());
    command.retry = this.#deps.timers.setTimeout(() => {
      command.retry = null;
      this.#queued.add(command);
      this.#pump();
    }, wait);
  }
}
