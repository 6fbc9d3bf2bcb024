import { offlineOf } from '@almenara/events';
import type { QueuedCommand } from './entry.ts';
import { namedBy, subjectOf } from './rebase.ts';
import { changed, type QueueChange } from './store.ts';

/** In order of place. */
type Queue = readonly QueuedCommand[];

interface Hold {
  /** The command that a person has to decide about first. */
  readonly by: string;
  /** It can only fail without what that one is to make; or else it just keeps its place behind one that can. */
  readonly needs: boolean;
}

/** The id of what it makes, by which later commands name it. */
const madeBy = ({ name, input }: QueuedCommand): string | null => {
  const field = offlineOf(name)?.makes;
  const id = field && input[field];
  return typeof id === 'string' ? id : null;
};

/** It was refused because what it was to make is there. */
const isMade = ({ name, error }: QueuedCommand): boolean =>
  error !== null && error.code === offlineOf(name)?.madeIf;

/**
 * What waits for a person's decision about another command, by id: what names an order or a client that a stopped
 * command was to make, what names what those were to make, and what is about the same as one of them and came later.
 */
export function holds(
  all: Queue,
  isStopped: (command: QueuedCommand) => boolean = ({ state }) => state !== 'waiting',
): Map<string, Hold> {
  const held = new Map<string, Hold>();
  /** By id of what is not made: who holds those who name it. */
  const missing = new Map<string, string>();
  const occupied = new Map<unknown, string>();
  for (const command of all) {
    const { commandId, sent } = command;
    const makes = madeBy(command);
    if (isStopped(command)) {
      if (makes !== null && !isMade(command)) missing.set(makes, commandId);
      continue;
    }
    if (sent || command.state !== 'waiting') continue;
    const named = namedBy(command).filter((id) => id !== makes);
    const maker = named.map((id) => missing.get(id)).find((by) => by !== undefined);
    const subject = subjectOf(command);
    const by = maker ?? occupied.get(subject);
    if (by === undefined) continue;
    held.set(commandId, { by, needs: maker !== undefined });
    if (makes !== null) missing.set(makes, by);
    else if (subject !== undefined) occupied.set(subject, by);
  }
  return held;
}

/** A change with what it does to who is held. */
export function withHolds(before: Queue, change: QueueChange): QueueChange {
  const after = changed(before, change);
  const held = holds(after);
  const other = after.flatMap((command) => {
    const by = held.get(command.commandId)?.by ?? null;
    return command.heldBy === by ? [] : [{ ...command, heldBy: by }];
  });
  const replaced = new Set(other.map(({ commandId }) => commandId));
  const put = [...(change.put ?? []).filter(({ commandId }) => !replaced.has(commandId)), ...other];
  return { ...change, put };
}

/** What would fail without that command. */
export function buildingOn(commandId: string, all: Queue): QueuedCommand[] {
  const held = holds(all, (command) => command.commandId === commandId);
  return all.filter((command) => held.get(command.commandId)?.needs === true);
}
