import { type Actor, type CommandName, commands, type Envelope, type TopicName } from '@almenara/events';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/client.ts';
import { parseInput, Refused } from '../errors.ts';
import type { Origin } from '../log/record.ts';
import type { JobQueue } from '../unit/jobs.ts';
import { OrderNumbers } from '../unit/numbers.ts';
import type { Following } from '../unit/work.ts';
import { type AlonePorts, type AnyHandler, runAlone, runFenced, type Single } from './alone.ts';
import type { BatchEntry, Settled } from './batch.ts';
import { Batcher, publish } from './batcher.ts';
import { BoundedExecutor } from './bounded-executor.ts';
import { type Claim, claimKey } from './claims.ts';
import type { CommandHandlers, CommandTx, Reaction } from './handler.ts';
import { failure, hashOf, isSameCommand, type Outcome } from './outcome.ts';
import { PATIENCE_MS, patiently } from './patience.ts';

export interface BusPorts {
  readonly database: Pick<Database, 'writer' | 'connect'>;
  /** How many commands have a transaction of their own at a time, and how many of all may wait. */
  readonly alone: number;
  readonly bound: number;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly random: () => number;
  readonly handlers: CommandHandlers;
  readonly reactions: readonly Reaction[];
  readonly queue: JobQueue;
  /** Called after each commit, before the caller is answered… */
  committed(envelopes: Envelope[]): void;
  /** …and after that with each topic that somebody may have lost the right to follow. */
  recheckTopic(topic: TopicName): void;
  failed(error: unknown, context: { command: string; commandId: string }): void;
}

/** A command of this node that is on its way: its duplicates wait for it. */
interface UnderWay {
  readonly claim: Claim;
  readonly outcome: Promise<Outcome>;
}

/** Stands in the command table where a user's id would; no user has it. */
const SYSTEM = 'system';

/** Work of the system: what it is called, and what it is done under once. */
interface SystemWork {
  readonly name: string;
  readonly commandId: string;
  /** Under the same id only the same input is the same work. */
  readonly input: unknown;
  readonly origin: Exclude<Origin, 'user'>;
}

/** Takes commands: who may, what is asked, and whether it was asked before; then they go to the lane that suits them. */
export class CommandBus {
  private readonly ports: BusPorts;
  private readonly numbers = new OrderNumbers();
  private readonly lane: BoundedExecutor;
  private readonly batcher: Batcher;
  private readonly underWay = new Map<string, UnderWay>();

  constructor(ports: BusPorts) {
    const { alone, bound, clock, newId, random, reactions, queue, committed, recheckTopic, database } = ports;
    this.ports = ports;
    this.lane = new BoundedExecutor(alone, bound);
    this.batcher = new Batcher({
      connect: () => database.connect(),
      lane: this.lane,
      numbers: this.numbers,
      bound,
      clock,
      newId,
      random,
      reactions,
      queue,
      committed,
      recheckTopic,
    });
  }

  /** Commands that are waiting or under way. */
  get depth(): number {
    return this.batcher.depth + this.lane.depth;
  }

  /** Takes nothing more and resolves when everything that was taken has been answered. */
  async drain(): Promise<void> {
    // What is put off by the batches goes on in the lane.
    await this.batcher.drain();
    await this.lane.drain();
    await Promise.all([...this.underWay.values()].map(({ outcome }) => outcome));
    // Whoever asked is answered in the same turn.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /**
   * Runs a command once per `commandId` and user: a duplicate gets the first one's outcome [C1]. Resolves after the
   * commit [C2], and never rejects: every failure is an outcome.
   */
  async run(actor: Actor, name: CommandName, rawInput: unknown, commandId: string): Promise<Outcome> {
    try {
      const definition = commands[name];
      if (!definition.roles.includes(actor.role)) {
        throw new Refused('forbidden', `A ${actor.role} may not ${name.replaceAll('_', ' ')}.`);
      }
      const input: unknown = parseInput(definition.input, rawInput);
      const claim = { owner: actor.userId, commandId, name, inputHash: hashOf(input) };
      return await this.once(claim, () => this.settle(actor, name, input, claim));
    } catch (error) {
      return this.failure(error, name, commandId);
    }
  }

  /** For work of the system itself that is no contract command, such as a batch of an import; same guarantees. */
  async runSystem<T>(
    { name, commandId, input, origin }: SystemWork,
    handle: (tx: CommandTx) => Promise<T>,
  ): Promise<Outcome> {
    const claim = { owner: SYSTEM, commandId, name, inputHash: hashOf(input) };
    return this.once(claim, () => this.alone({ claim, userId: null, origin, handle }));
  }

  /**
   * Work of the system that a fence of its own keeps from being done twice (`runFenced`), in its turn with commands that
   * have a transaction of their own. Rejects with what it failed with; nothing was done then, unless the connection was lost.
   */
  async runFenced<T>(
    { name, commandId }: Pick<SystemWork, 'name' | 'commandId'>,
    handle: (tx: CommandTx) => Promise<T>,
  ): Promise<T> {
    const claim = { owner: SYSTEM, commandId, name, inputHash: '' };
    const single: Single<T> = { claim, userId: null, origin: 'system', handle };
    const { data, further } = await this.inLane((lockMs) => runFenced(this.alonePorts, single, lockMs));
    for (const next of further) this.goOn(next);
    return data;
  }

  /** Joins a duplicate to the one of this node that is under way; others' are found by their claim. */
  private async once(claim: Claim, run: () => Promise<Settled>): Promise<Outcome> {
    const key = claimKey(claim);
    const first = this.underWay.get(key);
    if (first) {
      const outcome = await first.outcome;
      // Of another command under the same id only the table knows which came first.
      return isSameCommand(first.claim, claim) ? outcome : this.once(claim, run);
    }
    const outcome = run().then(
      ({ outcome, further }) => {
        for (const next of further) this.goOn(next);
        return outcome;
      },
      (error: unknown) => this.failure(error, claim.name, claim.commandId),
    );
    this.underWay.set(key, { claim, outcome });
    try {
      return await outcome;
    } finally {
      this.underWay.delete(key);
    }
  }

  private settle(actor: Actor, name: CommandName, input: unknown, claim: Claim): Promise<Settled> {
    // The input was parsed with the schema of the same name.
    const entry = this.ports.handlers[name] as AnyHandler | AnyDecider;
    const handler = typeof entry === 'function' ? entry : entry.alone?.rarely(input) && entry.alone.handle;
    if (!handler) return this.batcher.run(entryOf(entry as AnyDecider, input, actor, claim));
    const handle = (tx: CommandTx): Promise<unknown> => handler(tx, input, actor);
    return this.alone({ claim, userId: actor.userId, origin: 'user', handle });
  }

  private async alone(single: Single): Promise<Settled> {
    return this.inLane((lockMs) => runAlone(this.alonePorts, single, lockMs));
  }

  /** In its turn, again while others are in the way, and told of once it is committed. */
  private inLane<Done extends Omit<Settled, 'outcome'>>(
    attempt: (lockMs: number) => Promise<Done>,
  ): Promise<Done> {
    return this.lane.run(() =>
      patiently(this.ports.random, performance.now() + PATIENCE_MS, async (lockMs) => {
        const done = await attempt(lockMs);
        publish(this.ports, [done]);
        return done;
      }),
    );
  }

  private get alonePorts(): AlonePorts {
    return { ...this.ports, db: this.ports.database.writer, numbers: this.numbers };
  }

  private goOn({ name, needs, work, origin }: Following): void {
    const claim = { owner: SYSTEM, commandId: this.ports.newId(), name, inputHash: hashOf({}) };
    const decide: BatchEntry['decide'] = (next) => {
      work(next);
      return {};
    };
    const entry = { claim, userId: null, origin, needs, more: null, decide };
    void this.once(claim, () => this.batcher.run(entry));
  }

  private failure(error: unknown, command: string, commandId: string): Outcome {
    if (!(error instanceof Refused)) this.ports.failed(error, { command, commandId });
    return failure(error);
  }
}

type AnyDecider = {
  needs(input: unknown, actor: Actor): BatchEntry['needs'];
  more?(unit: Parameters<NonNullable<BatchEntry['more']>>[0], input: unknown): BatchEntry['needs'] | null;
  decide(work: Parameters<BatchEntry['decide']>[0], input: unknown, actor: Actor): unknown;
  readonly alone?: { rarely(input: unknown): boolean; readonly handle: AnyHandler };
};

const entryOf = (entry: AnyDecider, input: unknown, actor: Actor, claim: Claim): BatchEntry => ({
  claim,
  userId: actor.userId,
  origin: 'user',
  needs: entry.needs(input, actor),
  more: entry.more ? (unit) => entry.more?.(unit, input) ?? null : null,
  decide: (work) => entry.decide(work, input, actor),
});
