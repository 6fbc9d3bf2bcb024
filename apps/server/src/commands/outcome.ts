import { createHash } from 'node:crypto';
import type { Envelope, Failure } from '@almenara/events';
import { isContention, isUnavailable } from '../database/sql-error.ts';
import { Refused } from '../errors.ts';
import { toFailure } from '../failure.ts';
import type { Claim, First } from './claims.ts';

/** What a command came to. `at` says where its events stand, by topic. */
export type Outcome = { ok: true; data: unknown; at: Record<string, number> } | { ok: false; error: Failure };

/** The one refusal that is no command's outcome: its id has another one. */
class CommandReused extends Refused {
  constructor(commandId: string) {
    super(
      'conflict',
      `commandId ${commandId} was used before, for something else. Make a new one for each command.`,
    );
  }
}

export const isSameCommand = (a: Claim, b: Claim): boolean =>
  a.name === b.name && a.inputHash === b.inputHash;

/** What the first of that id came to, for a duplicate of it. */
export function outcomeOf(first: First, duplicate: Claim): Outcome {
  if (!isSameCommand(first, duplicate)) return refusal(new CommandReused(duplicate.commandId));
  // Written with the command's end, and by nobody else.
  return first.outcome as Outcome;
}

/** Where the last of a command's events stands in each topic; they are in the order in which they were recorded. */
export function placesOf(envelopes: readonly Envelope[]): Record<string, number> {
  const at: Record<string, number> = {};
  for (const { topic, seq } of envelopes) at[topic] = seq;
  return at;
}

export const refusal = (refused: Refused): Outcome => ({ ok: false, error: toFailure(refused) });

/** What a caller is told of a command that failed, and did nothing for all that is known. */
export function failure(error: unknown): Outcome {
  const contention = isContention(error);
  if (!(error instanceof Refused) && (contention || isUnavailable(error))) {
    const message = contention
      ? 'Others were changing the same things all the time, so nothing was done. Send the same command again.'
      : 'The database did not answer. Send the same command again to learn what became of it.';
    return refusal(new Refused('unavailable', message, { retryAfterMs: 500 }));
  }
  return { ok: false, error: toFailure(error) };
}

export const hashOf = (input: unknown): string =>
  createHash('sha256').update(canonicalJson(input)).digest('base64url');

/** The same text for the same value, however its keys are ordered. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
