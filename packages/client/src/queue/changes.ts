import type { CommandFailed } from '../failure.ts';
import { isExpired, isReady, type QueuedCommand } from './entry.ts';
import { dependents } from './rebase.ts';
import type { QueueChange } from './store.ts';

type Queue = readonly QueuedCommand[];

/** What each thing that happens to a command does to the queue. The queue is in order of place. */

/** Given: behind all others, those of other tabs too. */
export const given = (command: QueuedCommand, all: Queue): QueueChange => ({
  put: [{ ...command, place: Math.max(command.place, (all.at(-1)?.place ?? 0) + 1) }],
});

/** Whose turn it is, marked as sent. What is too old to be sent stays for a person, and what builds on it with it. */
export function turn(all: Queue, now: number): { change: QueueChange; next: QueuedCommand | null } {
  const old = all.filter((command) => command.state === 'waiting' && isExpired(command, now));
  const held = old.flatMap((command) =>
    heldBy(
      command,
      dependents(command, all).filter((one) => !old.includes(one)),
    ),
  );
  const stays = new Set([...old, ...held].map(({ commandId }) => commandId));
  const first = all.find((command) => isReady(command) && !stays.has(command.commandId));
  const next = first ? { ...first, sent: true } : null;
  const expired = old.map((command) => ({ ...command, state: 'expired' as const }));
  return { change: { put: [...expired, ...held, ...(next && !first?.sent ? [next] : [])] }, next };
}

export function refusal(command: QueuedCommand, failure: CommandFailed): QueuedCommand {
  const { code, message, details, retryAfterMs, outcome } = failure;
  const error = {
    code,
    message,
    ...(details !== undefined && { details: { ...details } }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
  return { ...command, state: 'refused', error, outcome };
}

/** Kept for a person to decide, and what builds on it waits for that. */
export const refused = (refusal: QueuedCommand, all: Queue): QueueChange => ({
  put: [refusal, ...heldBy(refusal, dependents(refusal, all))],
});

/** Told to whoever waited for it. Nothing holds the others any more; the server will say what it thinks of them. */
export const told = ({ commandId }: QueuedCommand, all: Queue): QueueChange => ({
  remove: [commandId],
  put: freed(commandId, all),
});

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
  return { put: [again, ...freed(commandId, all)], remove: same ? [] : [commandId] };
}

/** Given up, with all that builds on it. What is on its way is left alone. */
export const discarded = (commandId: string, all: Queue): QueueChange => ({
  remove: [...all.filter((command) => command.commandId === commandId), ...buildingOn(commandId, all)]
    .filter((command) => command.state !== 'waiting' || !command.sent)
    .map((command) => command.commandId),
});

/** What would fail without that command: what is held by it, or about what it is to make. */
export function buildingOn(commandId: string, all: Queue): QueuedCommand[] {
  const command = all.find((one) => one.commandId === commandId);
  const held = all.filter((one) => one.heldBy === commandId);
  return [...new Set([...held, ...(command ? dependents(command, all) : [])])];
}

const heldBy = ({ commandId }: QueuedCommand, others: Queue): QueuedCommand[] =>
  others.map((one) => ({ ...one, heldBy: commandId }));

const freed = (commandId: string, all: Queue): QueuedCommand[] =>
  all.filter((one) => one.heldBy === commandId).map((one) => ({ ...one, heldBy: null }));
