import { type CommandName, type ErrorCode, type Failure, isTransient } from '@almenara/events';
import { CommandFailed, type Outcome } from './failure.ts';
import type { Cancel } from './timers.ts';
import type { Reply } from './wire.ts';

/** Answers given before the server looks whether it has seen the id: they say nothing of an earlier try. */
const BEFORE_CLAIM: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid',
  'unauthenticated',
  'forbidden',
  'too_large',
  'rate_limited',
]);

interface Caller {
  done(output: unknown): void;
  failed(error: CommandFailed): void;
}

const unavailable = (message: string): Failure => ({ code: 'unavailable', message });

/** One command that has no answer yet, and what is known of its fate. */
export class PendingCommand {
  readonly name: CommandName;
  readonly commandId: string;
  /** As JSON has it, copied when it was issued: what is sent again under the same id must be the same. */
  readonly input: unknown;
  /** Of name, id and input on the wire. */
  readonly bytes: number;
  /** Whose session it was issued in; null before there is one. */
  userId: string | null;
  /** Waits before it is sent again. */
  retry: Cancel | null = null;
  /** Tries that brought no final answer. */
  failures = 0;
  readonly #caller: Caller;
  readonly #cleanUps: Cancel[] = [];
  #over = false;
  /** A try that is on its way, or was left without an answer, may have had its effect. */
  #uncertain = false;
  #wasUncertain = false;
  #lastError: Failure | null = null;

  /** Throws `CommandFailed` on input that JSON does not know. */
  constructor(name: CommandName, commandId: string, input: unknown, userId: string | null, caller: Caller) {
    const json = encoded(name, commandId, input);
    this.name = name;
    this.commandId = commandId;
    this.input = JSON.parse(json).input;
    this.bytes = new TextEncoder().encode(json).length + name.length;
    this.userId = userId;
    this.#caller = caller;
  }

  get isOver(): boolean {
    return this.#over;
  }

  whenOver(cleanUp: Cancel): void {
    this.#cleanUps.push(cleanUp);
  }

  sent(): void {
    this.#wasUncertain = this.#uncertain;
    this.#uncertain = true;
  }

  /** Final answers end it; after any other it is to be sent again. */
  answered(reply: Reply): void {
    if (reply.kind === 'done') {
      this.#end();
      this.#caller.done(reply.data);
      return;
    }
    if (reply.kind !== 'failed') return;
    const { error } = reply;
    this.#lastError = error;
    if (BEFORE_CLAIM.has(error.code)) this.#uncertain = this.#wasUncertain;
    else if (!isTransient(error.code)) this.#uncertain = error.code === 'internal';
    if (!isTransient(error.code)) this.fail(error);
  }

  gaveUp(afterMs: number): void {
    this.fail(this.#lastError ?? unavailable(`No answer to ${this.name} in ${afterMs} ms; ${this.#fate()}`));
  }

  interrupted(why: string, cause?: unknown): void {
    this.fail(unavailable(`${why}; ${this.#fate()}`), cause);
  }

  fail(failure: Failure, cause?: unknown): void {
    const outcome = this.#outcome();
    this.#end();
    this.#caller.failed(new CommandFailed(this.commandId, outcome, failure, cause));
  }

  #outcome(): Outcome {
    if (this.#uncertain) return 'unknown';
    return this.#lastError ? 'refused' : 'not_sent';
  }

  #fate(): string {
    return this.#uncertain
      ? `${this.name} had been sent, its outcome is unknown`
      : `${this.name} has no effect`;
  }

  #end(): void {
    this.#over = true;
    this.retry?.();
    for (const cleanUp of this.#cleanUps) cleanUp();
  }
}

function encoded(name: CommandName, commandId: string, input: unknown): string {
  try {
    return JSON.stringify({ commandId, input });
  } catch (cause) {
    const message = `The input of ${name} cannot be sent as JSON`;
    throw new CommandFailed(commandId, 'not_sent', { code: 'invalid', message }, cause);
  }
}
