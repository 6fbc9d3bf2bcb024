import type { Actor } from '@almenara/events';
import type { Clock } from '../clock.ts';
import { type Db, Prisma, type Tx } from '../database/client.ts';
import { sqlWithin } from '../database/sql.ts';
import { Refused } from '../errors.ts';
import { append, type Finished, type Origin } from '../log/record.ts';
import type { JobQueue } from '../unit/jobs.ts';
import type { OrderNumbers } from '../unit/numbers.ts';
import { Unit } from '../unit/unit.ts';
import { Work } from '../unit/work.ts';
import { NOTHING, type Settled } from './batch.ts';
import { type Claim, claim, claimKey, readFirsts } from './claims.ts';
import type { CommandTx, Reaction } from './handler.ts';
import { type Outcome, outcomeOf, placesOf, refusal } from './outcome.ts';

export interface AlonePorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly numbers: OrderNumbers;
  readonly reactions: readonly Reaction[];
  readonly queue: JobQueue;
}

/** A command that has a transaction of its own. */
export interface Single<T = unknown> {
  readonly claim: Claim;
  readonly userId: string | null;
  readonly origin: Origin;
  handle(tx: CommandTx): Promise<T>;
}

/** What was done, in a transaction that is about to be committed. */
interface Done<T> extends Omit<Settled, 'outcome'> {
  readonly data: T;
}

/**
 * Runs one command in one transaction, over the ORM. Throws what it failed with; a final refusal is its outcome.
 *
 * @param lockMs how long it waits for one lock
 */
export async function runAlone(ports: AlonePorts, single: Single, lockMs: number): Promise<Settled> {
  const now = ports.clock.now();
  try {
    return await transaction(ports.db, async (db) => {
      await waitForLocks(db, lockMs);
      const first = await claimOrRead(db, single.claim, now, null);
      if (first) return first;
      const { data, ...done } = await carryOut(ports, db, single, now);
      return { outcome: { ok: true, data, at: placesOf(done.envelopes) }, ...done };
    });
  } catch (error) {
    if (!(error instanceof Refused && error.final)) throw error;
    return recordRefusal(ports.db, single.claim, now, error);
  }
}

/**
 * Work that a fence of its own keeps from being done twice: it changes a row in the same transaction that it finds
 * unchanged but once. So nothing is claimed, and no outcome is kept.
 *
 * @throws what it failed with; nothing was done then, unless the connection was lost
 */
export function runFenced<T>(ports: AlonePorts, single: Single<T>, lockMs: number): Promise<Done<T>> {
  return transaction(ports.db, async (db) => {
    await waitForLocks(db, lockMs);
    return carryOut(ports, db, single, ports.clock.now());
  });
}

async function carryOut<T>(ports: AlonePorts, db: Tx, single: Single<T>, now: Date): Promise<Done<T>> {
  const { newId, queue, reactions } = ports;
  const sql = sqlWithin(db);
  const unit = new Unit(ports);
  const work = new Work(unit, { now, userId: single.userId, origin: single.origin, newId, queue });
  try {
    const data = await single.handle(commandTx(db, work));
    for (const react of reactions) react(work.record, [...work.recorded]);
    for (const { statement, values } of unit.writes()) await sql.rows(statement, values);
    if (work.jobs.length > 0) await queue.insert(sql, work.jobs);
    const [envelopes = []] = await append(sql, [finish(single, now, work, { ok: true, data })]);
    unit.release({ committed: true });
    return { data, envelopes, rechecks: work.rechecks, further: work.further };
  } catch (error) {
    unit.release({ committed: false });
    throw error;
  }
}

const waitForLocks = (db: Tx, lockMs: number): Promise<unknown> =>
  db.$queryRaw`SELECT set_config('lock_timeout', ${`${Math.ceil(lockMs)}ms`}, true)`;

function commandTx(db: Tx, work: Work): CommandTx {
  const { unit, now, newId, record, goOn, enqueue, recheckTopic } = work;
  return {
    db,
    now,
    newId,
    record,
    goOn,
    enqueue,
    recheckTopic,
    hold: async (needs, more) => {
      await unit.load(sqlWithin(db), [{ needs, more: more ?? null }]);
      return work;
    },
  };
}

/**
 * The refused work has been rolled back with its claim. A duplicate may have run meanwhile, and even have
 * succeeded: then its outcome is the command's.
 */
function recordRefusal(db: Db, claimed: Claim, now: Date, refused: Refused): Promise<Settled> {
  const outcome = refusal(refused);
  return transaction(
    db,
    async (tx) => (await claimOrRead(tx, claimed, now, outcome)) ?? { outcome, ...NOTHING },
  );
}

/** @returns null where this is the first of that id, else what the first came to */
async function claimOrRead(db: Tx, own: Claim, now: Date, outcome: Outcome | null): Promise<Settled | null> {
  const sql = sqlWithin(db);
  if ((await claim(sql, [own], now, outcome)).size > 0) return null;
  const first = (await readFirsts(sql, [own])).get(claimKey(own));
  if (!first) throw new Error(`Command ${own.commandId} was claimed by nobody.`);
  return { outcome: outcomeOf(first, own), ...NOTHING };
}

const finish = (
  { claim: { owner, commandId }, userId, origin }: Single,
  at: Date,
  { recorded }: Work,
  outcome: Finished['outcome'],
): Finished => ({ owner, commandId, userId, origin, at, recorded, outcome });

function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(work, {
    isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
    maxWait: 10_000,
    timeout: 20_000,
  });
}

/** A handler with its input and who sent it, as `runAlone` takes it. */
export type AnyHandler = (tx: CommandTx, input: unknown, actor: Actor) => Promise<unknown>;
