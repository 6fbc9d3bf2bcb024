import {
  type AuthSuccess,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type Failure,
  isTransient,
} from '@almenara/events';
import { waitMs } from './backoff.ts';
import type { Cancel, Clock } from './clock.ts';
import { CommandFailed, type Outcome } from './failure.ts';
import type { Lane } from './lane.ts';
import type { Reply } from './wire.ts';

export const COMMAND_TIMEOUT_MS = 10_000;
export const COMMAND_PATIENCE_MS = 60_000;
/** More than this many commands without an answer wait here rather than in the server's queue. */
export const COMMANDS_IN_FLIGHT = 100;
/** What the packet holds beside name and payload: namespace, ack id, framing. */
const PACKET_HEADROOM_BYTES = 256;

export interface RunOptions {
  readonly commandId?: string;
  readonly signal?: AbortSignal;
  /** How long to go on trying, in ms; null for as long as it takes. */
  readonly timeoutMs?: number | null;
}

export interface OutboxDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly ackTimeoutMs: number;
  /** Where the events of a command that was done stand. */
  standsAt(positions: Readonly<Record<string, number>>): void;
}

interface Entry {
  readonly name: CommandName;
  readonly commandId: string;
  readonly input: unknown;
  readonly bytes: number;
  readonly order: number;
  readonly done: (output: unknown) => void;
  readonly fail: (error: CommandFailed) => void;
  /** Whose session it was issued in; null before the first. */
  userId: string | null;
  failures: number;
  /** It left at least once, and may have had its effect. */
  uncertain: boolean;
  lastError: Failure | null;
  readonly cleanUp: Cancel[];
}
