import { type ErrorCode, type Failure, isTransient } from '@almenara/events';

/** What is known of the effect of a command that failed. */
export type Outcome =
  /** The server said no: it has no effect. */
  | 'refused'
  /** It never left: it has no effect. */
  | 'not_sent'
  /** It left and no final answer came. The same `commandId` sent again finds out. */
  | 'unknown';

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterMs: number | undefined;
  readonly commandId: string;
  readonly outcome: Outcome;

  constructor(commandId: string, outcome: Outcome, failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    this.code = failure.code;
    this.details = failure.details;
    this.retryAfterMs = failure.retryAfterMs;
    this.commandId = commandId;
    this.outcome = outcome;
  }
}

/** Refusals that say more of the server's moment than of the request. */
export const mayPass = (error: Failure): boolean => isTransient(error.code) || error.code === 'internal';
