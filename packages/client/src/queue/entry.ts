import type { CommandName, Failure } from '@almenara/events';
import type { Outcome } from '../failure.ts';

/** The server keeps what became of a command for 30 days; sent later under the same id it could happen twice [C1]. */
export const SEND_WITHIN_MS = 30 * 24 * 60 * 60 * 1000;

/** A command that was given on this device and has not been done yet. */
export interface QueuedCommand {
  readonly commandId: string;
  readonly name: CommandName;
  /** As JSON has it. Once `sent`, it stays what it is: the same id must mean the same thing. */
  readonly input: Readonly<Record<string, unknown>>;
  /** In ms since 1970, by this device's clock. */
  readonly madeAt: number;
  /** The queue's order: ascending. */
  readonly place: number;
  /** `waiting`: goes by itself. `expired`: too old to. The last two wait for a person. */
  readonly state: 'waiting' | 'refused' | 'expired';
  /** It has been on its way, and may have had its effect. */
  readonly sent: boolean;
  /** Why it was refused. */
  readonly error: Failure | null;
  readonly outcome: Outcome | null;
  /** The refused or expired command that a person has to decide about first: see `holds`. */
  readonly heldBy: string | null;
}

export const byPlace = (a: QueuedCommand, b: QueuedCommand): number => a.place - b.place;

export const isExpired = ({ madeAt }: QueuedCommand, now: number): boolean => now - madeAt > SEND_WITHIN_MS;
