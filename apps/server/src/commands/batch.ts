import type { Envelope } from '@almenara/events';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { PgTransaction } from '../database/sql.ts';
import { isContention, isUnavailable } from '../database/sql-error.ts';
import { Refused } from '../errors.ts';
import { appending, type Base, type Finished } from '../log/record.ts';
import type { Needs } from '../unit/needs.ts';
import type { OrderNumbers } from '../unit/numbers.ts';
import { type More, Unit } from '../unit/unit.ts';
import { type Further, Work } from '../unit/work.ts';
import { type Claim, claim, claimKey, type First, readFirsts, unclaiming } from './claims.ts';
import type { Reaction } from './handler.ts';
import { type Outcome, outcomeOf, refusal } from './outcome.ts';

/** A command on its way. */
export interface Job {
  readonly claim: Claim;
  /** Who sent it; null for the system. */
  readonly userId: string | null;
  readonly needs: Needs;
  readonly more: More | null;
  decide(work: Work): unknown;
}

/** What a command came to, and what follows from it. */
export interface Settled {
  readonly outcome: Outcome;
  readonly envelopes: readonly Envelope[];
  readonly further: readonly Further[];
}

/** How a job fared: it came to an outcome, or it cannot be decided in this company, or it failed and did nothing. */
export type Verdict =
  | { readonly kind: 'settled'; readonly settled: Settled }
  | { readonly kind: 'put off'; readonly error: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface BatchPorts {
  readonly connect: () => Promise<pg.PoolClient>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly numbers: OrderNumbers;
  readonly reactions: readonly Reaction[];
}

/** Who waits alone for a lock may wait longer than who keeps others waiting, for whom the connection's own bound holds. */
const PATIENT = { name: 'be patient', text: `SET LOCAL lock_timeout = '3s'` };

/**
 * One transaction for all of these commands: claim, load, decide, write, append, COMMIT. They leave what they would
 * have left one after the other. In two or three round trips, however many they are: what can be sent together is.
 *
 * @param patient waits for locks as one who waits alone
 * @throws what a statement failed with: then nothing was done, unless the connection was lost
 */
export async function runBatch(
  ports: BatchPorts,
  jobs: readonly Job[],
  { patient = false }: { patient?: boolean } = {},
): Promise<Verdict[]> {
  const client = await ports.connect();
  const unit = new Unit(ports);
  let transaction: PgTransaction | null = null;
  let broken = false;
  try {
    transaction = new PgTransaction(client);
    const verdicts = await decideAll(ports, transaction, unit, jobs, patient);
    unit.release({ committed: true });
    return verdicts;
  } catch (error) {
    const cause = transaction?.causeOf(error) ?? error;
    await transaction?.rollback().catch(() => {
      broken = true;
    });
    // After all that was sent has been answered. Where nobody knows whether it was committed, its numbers may be orders'.
    if (!isUnavailable(cause)) unit.release({ committed: false });
    throw cause;
  } finally {
    client.release(broken);
  }
}

async function decideAll(
  { clock, newId, reactions }: BatchPorts,
  transaction: PgTransaction,
  unit: Unit,
  jobs: readonly Job[],
  patient: boolean,
): Promise<Verdict[]> {
  const now = clock.now();
  const started: Promise<unknown>[] = patient ? [transaction.rows(PATIENT)] : [];
  const claiming = claim(
    transaction,
    jobs.map((job) => job.claim),
    now,
  );
  const loading = unit.load(
    transaction,
    jobs.map(({ needs }) => needs),
    jobs.flatMap(({ more }) => more ?? []),
  );
  await Promise.all([...started, claiming, loading]);
  const claimed = await claiming;
  const duplicates = jobs.filter((job) => !claimed.has(claimKey(job.claim)));
  const firsts =
    duplicates.length === 0
      ? new Map<string, First>()
      : await readFirsts(
          transaction,
          duplicates.map((job) => job.claim),
        );

  const finished: { job: Job; command: Finished; outcome: Outcome; further: readonly Further[] }[] = [];
  const given = new Map<Job, Verdict>();
  for (const job of jobs) {
    const first = firsts.get(claimKey(job.claim));
    if (first) {
      given.set(job, {
        kind: 'settled',
        settled: { outcome: outcomeOf(first, job.claim), envelopes: [], further: [] },
      });
      continue;
    }
    const work = new Work(unit, { now, userId: job.userId, newId });
    const mark = unit.mark;
    try {
      const data = job.decide(work);
      for (const react of reactions) react(work.record, [...work.recorded]);
      const outcome = { ok: true, data } as const;
      finished.push({
        job,
        command: commandOf(job, now, work, outcome),
        outcome: { ...outcome, at: {} },
        further: work.further,
      });
    } catch (error) {
      unit.undoTo(mark);
      if (error instanceof Refused && error.final) {
        const outcome = refusal(error);
        finished.push({ job, command: commandOf(job, now, null, outcome), outcome, further: [] });
      } else {
        given.set(job, { kind: isContention(error) ? 'put off' : 'failed', error });
      }
    }
  }

  const append = appending(finished.map(({ command }) => command));
  const none = jobs.filter((job) => given.get(job)?.kind !== 'settled' && given.has(job));
  const writes = unit.writes();
  if (none.length > 0) writes.push(unclaiming(none.map((job) => job.claim)));
  const bases = await transaction.commit<Base>(writes, append.bound);
  for (const [i, envelopes] of append.envelopes(bases).entries()) {
    const end = finished[i];
    if (end) given.set(end.job, { kind: 'settled', settled: settle(end, envelopes) });
  }
  return jobs.map((job) => {
    const verdict = given.get(job);
    if (!verdict) throw new Error(`Command ${job.claim.commandId} came to nothing.`);
    return verdict;
  });
}

const commandOf = (
  { claim, userId }: Job,
  at: Date,
  work: Work | null,
  outcome: Finished['outcome'],
): Finished => ({
  owner: claim.owner,
  commandId: claim.commandId,
  userId,
  at,
  recorded: work?.recorded ?? [],
  outcome,
});

function settle(
  { outcome, further }: { outcome: Outcome; further: readonly Further[] },
  envelopes: readonly Envelope[],
): Settled {
  if (!outcome.ok) return { outcome, envelopes, further };
  const at: Record<string, number> = {};
  for (const { topic, seq } of envelopes) at[topic] = seq;
  return { outcome: { ...outcome, at }, envelopes, further };
}
