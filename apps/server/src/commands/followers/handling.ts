import { Refused } from '../../errors.ts';
import type { CommandBus } from '../bus.ts';
import { type Fence, NOT_BEGUN, type Progress } from './cursor.ts';
import { type FollowedEvent, type Follower, handlingId } from './follower.ts';

/** Somebody else has handled it, or stands elsewhere: nothing was done here. */
export class FenceMoved extends Error {
  override readonly name = 'FenceMoved';
}

export type FencedBus = Pick<CommandBus, 'runFenced'>;

/** A follower has turned down its own work, by a refusal or as somebody else did: it is not the lane that is full. */
class HandlerRefused extends Error {
  override readonly name = 'HandlerRefused';
}

export interface Handling {
  readonly progress: Progress;
  /** Told how far it has come, after each commit. */
  reached(progress: Progress): void;
  /** Asked between two parts. */
  goesOn(): boolean;
}

/**
 * Handles one event from where it stands to its end, each part in a transaction of its own; or up to where it may not go
 * on. Throws `FenceMoved`, or what it failed with.
 */
export async function handleEvent(
  bus: FencedBus,
  follower: Follower,
  event: FollowedEvent,
  fence: Fence,
  { progress, reached, goesOn }: Handling,
): Promise<void> {
  let rest = progress;
  if (rest.parts === null) {
    rest = await begin(bus, follower, event, fence);
    reached(rest);
  }
  if (rest.parts === null) return;
  for (let part = rest.part; part < rest.parts.length && goesOn(); part += 1) {
    await handlePart(bus, follower, event, fence, { part, parts: rest.parts });
    reached({ part: part + 1, parts: rest.parts });
  }
}

function begin(bus: FencedBus, follower: Follower, event: FollowedEvent, fence: Fence): Promise<Progress> {
  return bus.runFenced(workOf(follower, event, 0), async (tx) => {
    if (!(await fence.hold(tx.db, NOT_BEGUN))) throw new FenceMoved();
    const parts = (await own(follower.handle(tx, event))) ?? [];
    const rest: Progress = parts.length === 0 ? NOT_BEGUN : { part: 0, parts };
    await fence.move(tx.db, parts.length === 0 ? null : rest);
    return rest;
  });
}

function handlePart(
  bus: FencedBus,
  follower: Follower,
  event: FollowedEvent,
  fence: Fence,
  { part, parts }: { part: number; parts: readonly unknown[] },
): Promise<void> {
  return bus.runFenced(workOf(follower, event, part + 1), async (tx) => {
    if (!(await fence.hold(tx.db, { part, parts }))) throw new FenceMoved();
    if (!follower.parts) throw new Error(`${follower.name} has left parts behind, and handles none.`);
    await own(follower.parts.handle(tx, event, follower.parts.schema.parse(parts[part])));
    await fence.move(tx.db, part + 1 === parts.length ? null : { part: part + 1, parts });
  });
}

async function own<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Refused ? new HandlerRefused(error.message, { cause: error }) : error;
  }
}

/** A step of its own in the log: what it causes has this command's id. */
const workOf = ({ name }: Follower, { id }: FollowedEvent, part: number) => ({
  name: `follower ${name}`,
  commandId: handlingId(name, id, part),
});
