import type { CommandFailed } from '../failure.ts';
import { isExpired, type QueuedCommand } from './entry.ts';
import { buildingOn, holds } from './holds.ts';
import { changed, type QueueChange } from './store.ts';

type Queue = readonly QueuedCommand[];

/** What each thing that happens to a command does to the queue. The queue is in order of place. */

/** Given: behind all others, those of other tabs too. */
export const given = (command: QueuedCommand, all: Queue): QueueChange => ({
  put: [{ ...command, place: Math.max(command.place, (all.at(-1)?.place ?? 0) + 1) }],
});

/** Whose turn it is, marked as sent. What is too old to be sent stays for a person, and what builds on it with it. */
export function turn(all: Queue, now: number): { change: QueueChange; next: QueuedCommand | null } {
  const expired = all
    .filter((command) => command.state === 'waiting' && isExpired(command, now))
    .map((command) => ({ ...command, state: 'expired' as const }));
  const left = changed(all, { put: expired });
  const held = holds(left);
  const first = left.find(({ state, commandId }) => state === 'waiting' && !held.has(commandId));
  const next = first ? { ...first, sent: true } : null;
  return { change: { put: [...expired, ...(next && !first?.sent ? [next] : [])] }, next };
}

/** As it stays for a person to decide. */
export function refused(command: QueuedCommand, failure: CommandFailed): QueuedCommand {
  const { code, message, details, retryAfterMs, outcome } = failure;
  const error = {
    code,
    message,
    ...(details !== undefined && { details: { ...details } }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  return { ...command, state: 'refused', error, outcome };
}

/**
 * Once more, changed if `input` is given. It is a new one to the server, unless nobody knows what became of it: then
 * the same id finds out.
 */
export function retried(
  commandId: string,
  all: Queue,
  made: { readonly commandId: string; readonly madeAt: number },
  input?: QueuedCommand['input'],
): QueueChange {
  const old = all.find((command) => command.commandId === commandId);
  if (!old || old.state === 'waiting') return {};
  const same = old.outcome === 'unknown' && old.state === 'refused' && input === undefined;
  const again: QueuedCommand = {
    ...old,
    ...(!same && made),
    input: input ?? old.input,
    state: 'waiting',
    sent: same,
    error: null,
    outcome: null,
  };
  return { put: [again], remove: same ? [] : [commandId] };
}

/** Given up, with all that can only fail without it. What is on its way is left alone. */
export const discarded = (commandId: string, all: Queue): QueueChange => ({
  remove: [...all.filter((command) => command.commandId === commandId), ...buildingOn(commandId, all)]
    .filter((command) => command.state !== 'waiting' || !command.sent)
    .map((command) => command.commandId),
});
