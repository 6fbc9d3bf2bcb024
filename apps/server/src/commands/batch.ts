import type { Envelope, TopicName } from '@almenara/events';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { PgTransaction } from '../database/sql.ts';
import { isContention, isUnavailable } from '../database/sql-error.ts';
import { Refused } from '../errors.ts';
import { appending, type Bases, type Finished, type Origin } from '../log/record.ts';
import type { JobQueue, NewJob } from '../unit/jobs.ts';
import type { Needs } from '../unit/needs.ts';
import type { OrderNumbers } from '../unit/numbers.ts';
import { Contention } from '../unit/rows.ts';
import { type More, Unit } from '../unit/unit.ts';
import { type Following, Work } from '../unit/work.ts';
import { type Claim, claim, claimKey, type First, readFirsts, unclaiming } from './claims.ts';
import type { Reaction } from './handler.ts';
import { type Outcome, outcomeOf, placesOf, refusal } from './outcome.ts';

/** A command on its way. */
export interface BatchEntry {
  readonly claim: Claim;
  /** Who sent it; null for the system. */
  readonly userId: string | null;
  readonly origin: Origin;
  readonly needs: Needs;
  readonly more: More | null;
  decide(work: Work): unknown;
}

/** What a command came to, and what follows from it. */
export interface Settled {
  readonly outcome: Outcome;
  readonly envelopes: readonly Envelope[];
  /** Topics of which somebody may have lost the right to follow them. */
  readonly rechecks: readonly TopicName[];
  readonly further: readonly Following[];
}

/** What a command did that was not committed by it: nothing. */
export const NOTHING: Omit<Settled, 'outcome'> = { envelopes: [], rechecks: [], further: [] };

/** How a command fared: it came to an outcome, or it cannot be decided in this company, or it failed and did nothing. */
export type Verdict =
  | { readonly kind: 'settled'; readonly settled: Settled }
  | { readonly kind: 'put off'; readonly error: unknown }
  /** It holds so many rows that it has to wait for the next transaction. */
  | { readonly kind: 'later'; readonly size: number }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface BatchPorts {
  readonly connect: () => Promise<pg.PoolClient>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly numbers: OrderNumbers;
  readonly reactions: readonly Reaction[];
  readonly queue: JobQueue;
}

/** Rows of one transaction at most: more would hold its locks for too long. */
export const ROWS = 2000;

/** A transaction that failed as a whole: nothing was done, unless the connection was lost. */
export class BatchFailed extends Error {
  override readonly name = 'BatchFailed';
  /** The statement that failed first. */
  readonly at: string;
  /** What each of its commands had named by then, and the orders that were found. */
  readonly asked: Unit['asked'];

  constructor(cause: unknown, at: string, asked: Unit['asked']) {
    super('A transaction failed.', { cause });
    this.at = at;
    this.asked = asked;
  }
}

/**
 * One transaction for all of these commands: claim, load, decide, write, append, COMMIT. They leave what they would
 * have left one after the other. In two or three round trips, however many they are: what can be sent together is.
 *
 * @param lockMs how long it waits for one lock; left out, as long as the connection's setting says
 * @throws BatchFailed
 */
export async function runBatch(
  ports: BatchPorts,
  entries: readonly BatchEntry[],
  lockMs?: number,
): Promise<Verdict[]> {
  const client = await ports.connect();
  const unit = new Unit(ports);
  const transaction = new PgTransaction(client, lockMs);
  let broken = false;
  try {
    const verdicts = await decideAll(ports, transaction, unit, entries);
    unit.release({ committed: true });
    return verdicts;
  } catch (error) {
    const { error: cause, at } = transaction.fault ?? { error, at: 'decide' };
    await transaction.rollback().catch(() => {
      broken = true;
    });
    // After all that was sent has been answered. Where nobody knows whether it was committed, its numbers may be orders'.
    if (!isUnavailable(cause)) unit.release({ committed: false });
    throw new BatchFailed(cause, at, unit.asked);
  } finally {
    client.release(broken);
  }
}

async function decideAll(
  { clock, newId, reactions, queue }: BatchPorts,
  transaction: PgTransaction,
  unit: Unit,
  entries: readonly BatchEntry[],
): Promise<Verdict[]> {
  const now = clock.now();
  const claiming = claim(
    transaction,
    entries.map((entry) => entry.claim),
    now,
  );
  const loading = unit.load(transaction, entries);
  // All of it: nothing that was begun may go on behind a ROLLBACK.
  await Promise.allSettled([claiming, loading]);
  const claimed = await claiming;
  await loading;
  const duplicates = entries.filter((entry) => !claimed.has(claimKey(entry.claim)));
  const firsts =
    duplicates.length === 0
      ? new Map<string, First>()
      : await readFirsts(
          transaction,
          duplicates.map((entry) => entry.claim),
        );

  const finished: (End & { readonly entry: BatchEntry; readonly command: Finished })[] = [];
  const wanted: NewJob[] = [];
  const given = new Map<BatchEntry, Verdict>();
  let rows = 0;
  for (const entry of entries) {
    const size = linesOf(unit, entry.needs);
    const first = firsts.get(claimKey(entry.claim));
    if (first) {
      given.set(entry, {
        kind: 'settled',
        settled: { outcome: outcomeOf(first, entry.claim), ...NOTHING },
      });
      continue;
    }
    if (!claimed.has(claimKey(entry.claim))) {
      given.set(entry, {
        kind: 'put off',
        error: new Contention('The first of it was forgotten meanwhile.'),
      });
      continue;
    }
    if (rows > 0 && rows + size > ROWS) {
      given.set(entry, { kind: 'later', size });
      continue;
    }
    rows += size;
    const work = new Work(unit, { now, userId: entry.userId, origin: entry.origin, newId, queue });
    const mark = unit.mark;
    try {
      const data = entry.decide(work);
      for (const react of reactions) react(work.record, [...work.recorded]);
      const outcome = { ok: true, data } as const;
      finished.push({
        entry,
        command: commandOf(entry, now, work, outcome),
        outcome: { ...outcome, at: {} },
        rechecks: work.rechecks,
        further: work.further,
      });
      wanted.push(...work.jobs);
    } catch (error) {
      unit.undoTo(mark);
      if (error instanceof Refused && error.final) {
        const outcome = refusal(error);
        const command = commandOf(entry, now, null, outcome);
        finished.push({ ...NOTHING, entry, command, outcome });
      } else {
        given.set(entry, { kind: isContention(error) ? 'put off' : 'failed', error });
      }
    }
  }

  if (wanted.length > 0) await queue.insert(transaction, wanted);
  const append = appending(finished.map(({ command }) => command));
  const none = entries.filter((entry) => given.get(entry)?.kind !== 'settled' && given.has(entry));
  const writes = unit.writes();
  if (none.length > 0) writes.push(unclaiming(none.map((entry) => entry.claim)));
  const bases = await transaction.commit<Bases>(writes, append.bound);
  for (const [i, envelopes] of append.envelopes(bases).entries()) {
    const end = finished[i];
    if (end) given.set(end.entry, { kind: 'settled', settled: settle(end, envelopes) });
  }
  return entries.map((entry) => {
    const verdict = given.get(entry);
    if (!verdict) throw new Error(`Command ${entry.claim.commandId} came to nothing.`);
    return verdict;
  });
}

/** What a command is likely to write: the lines of its orders. */
const linesOf = (unit: Unit, { orders = [], givenUp = [] }: Needs): number =>
  [...new Set([...orders, ...givenUp])].reduce(
    (sum, id) => sum + (unit.orders.find(id)?.lines.length ?? 0),
    1,
  );

const commandOf = (
  { claim, userId, origin }: BatchEntry,
  at: Date,
  work: Work | null,
  outcome: Finished['outcome'],
): Finished => ({
  owner: claim.owner,
  commandId: claim.commandId,
  userId,
  origin,
  at,
  recorded: work?.recorded ?? [],
  outcome,
});

/** How a command came to its end, before its events had their places. */
type End = Omit<Settled, 'envelopes'>;

function settle({ outcome, rechecks, further }: End, envelopes: readonly Envelope[]): Settled {
  const placed = outcome.ok ? { ...outcome, at: placesOf(envelopes) } : outcome;
  return { outcome: placed, envelopes, rechecks, further };
}
