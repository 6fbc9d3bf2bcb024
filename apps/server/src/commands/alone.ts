import type { Actor } from '@almenara/events';
import type { Clock } from '../clock.ts';
import { type Db, Prisma, type Tx } from '../database/client.ts';
import { sqlWithin } from '../database/sql.ts';
import { Refused } from '../errors.ts';
import { append, type Finished } from '../log/record.ts';
import type { OrderNumbers } from '../unit/numbers.ts';
import { Unit } from '../unit/unit.ts';
import { Work } from '../unit/work.ts';
import type { Settled } from './batch.ts';
import { type Claim, claim, claimKey, readFirsts } from './claims.ts';
import type { CommandTx, Reaction } from './handler.ts';
import { type Outcome, outcomeOf, placesOf, refusal } from './outcome.ts';

export interface AlonePorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly numbers: OrderNumbers;
  readonly reactions: readonly Reaction[];
}

/** A command that has a transaction of its own. */
export interface Single {
  readonly claim: Claim;
  readonly userId: string | null;
  handle(tx: CommandTx): Promise<unknown>;
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
      const sql = sqlWithin(db);
      await db.$queryRaw`SELECT set_config('lock_timeout', ${`${Math.ceil(lockMs)}ms`}, true)`;
      const first = await claimOrRead(db, single.claim, now, null);
      if (first) return first;
      const unit = new Unit(ports);
      const work = new Work(unit, { now, userId: single.userId, newId: ports.newId });
      try {
        const data = await single.handle(commandTx(db, work));
        for (const react of ports.reactions) react(work.record, [...work.recorded]);
        for (const { statement, values } of unit.writes()) await sql.rows(statement, values);
        const [envelopes = []] = await append(sql, [finish(single, now, work, { ok: true, data })]);
        unit.release({ committed: true });
        return { outcome: { ok: true, data, at: placesOf(envelopes) }, envelopes, further: work.further };
      } catch (error) {
        unit.release({ committed: false });
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof Refused && error.final)) throw error;
    return recordRefusal(ports.db, single.claim, now, error);
  }
}

function commandTx(db: Tx, work: Work): CommandTx {
  const { unit, now, newId, record, goOn } = work;
  return {
    db,
    now,
    newId,
    record,
    goOn,
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
    async (tx) => (await claimOrRead(tx, claimed, now, outcome)) ?? { outcome, envelopes: [], further: [] },
  );
}

/** @returns null where this is the first of that id, else what the first came to */
async function claimOrRead(db: Tx, own: Claim, now: Date, outcome: Outcome | null): Promise<Settled | null> {
  const sql = sqlWithin(db);
  if ((await claim(sql, [own], now, outcome)).size > 0) return null;
  const first = (await readFirsts(sql, [own])).get(claimKey(own));
  if (!first) throw new Error(`Command ${own.commandId} was claimed by nobody.`);
  return { outcome: outcomeOf(first, own), envelopes: [], further: [] };
}

const finish = (
  { claim: { owner, commandId }, userId }: Single,
  at: Date,
  { recorded }: Work,
  outcome: Finished['outcome'],
): Finished => ({ owner, commandId, userId, at, recorded, outcome });

function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(work, {
    isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
    maxWait: 10_000,
    timeout: 20_000,
  });
}

/** A handler with its input and who sent it, as `runAlone` takes it. */
export type AnyHandler = (tx: CommandTx, input: unknown, actor: Actor) => Promise<unknown>;
