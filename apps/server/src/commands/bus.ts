import { createHash } from 'node:crypto';
import { type Actor, type CommandName, commands, type Envelope, type Failure } from '@almenara/events';
import type { Clock } from '../clock.ts';
import { type Db, Prisma, type Tx } from '../database/client.ts';
import { isContention, isUnavailable } from '../database/sql-error.ts';
import { parseInput, Refused, toFailure } from '../errors.ts';
import { append, checkEvent, type Recorded } from '../log/record.ts';
import type { CommandHandlers, CommandTx, Reaction } from './handler.ts';
import type { CommandQueue } from './queue.ts';

/** What a command came to. `at` says where its events stand, by topic. */
export type Outcome = { ok: true; data: unknown; at: Record<string, number> } | { ok: false; error: Failure };

export interface BusPorts {
  readonly db: Db;
  readonly queue: CommandQueue;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly random: () => number;
  readonly handlers: CommandHandlers;
  readonly reactions: readonly Reaction[];
  /** Called after each commit, before the caller is answered. */
  committed(envelopes: Envelope[]): void;
  failed(error: unknown, context: { command: string; commandId: string }): void;
}

/** Attempts at one command before contention is given back to the caller: some three seconds at most. */
const ATTEMPTS = 10;
const LONGEST_PAUSE_MS = 500;

export class CommandBus {
  private readonly ports: BusPorts;

  constructor(ports: BusPorts) {
    this.ports = ports;
  }

  /** Commands that are waiting or under way. */
  get depth(): number {
    return this.ports.queue.depth;
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
      const input = parseInput(definition.input, rawInput);
      return await this.execute(actor, name, commandId, input, this.ports.handlers[name] as AnyHandler);
    } catch (error) {
      return this.toOutcome(error, name, commandId);
    }
  }

  /** For work of the system itself that is no contract command, such as a batch of an import; same guarantees. */
  async runSystem<T>(
    name: string,
    commandId: string,
    input: unknown,
    work: (tx: CommandTx) => Promise<T>,
  ): Promise<Outcome> {
    try {
      const actor: SystemActor = { userId: SYSTEM, role: 'admin' };
      return await this.execute(actor, name, commandId, input, (tx) => work(tx));
    } catch (error) {
      return this.toOutcome(error, name, commandId);
    }
  }

  private toOutcome(error: unknown, command: string, commandId: string): Outcome {
    if (!(error instanceof Refused)) {
      this.ports.failed(error, { command, commandId });
      const contention = isContention(error);
      if (contention || isUnavailable(error)) {
        const message = contention
          ? 'Others were changing the same things all the time, so nothing was done. Send the same command again.'
          : 'The database did not answer. Send the same command again to learn what became of it.';
        return { ok: false, error: toFailure(new Refused('unavailable', message, { retryAfterMs: 500 })) };
      }
    }
    return { ok: false, error: toFailure(error) };
  }

  private async execute(
    actor: Actor,
    name: string,
    commandId: string,
    input: unknown,
    handler: AnyHandler,
  ): Promise<Outcome> {
    const { queue } = this.ports;
    const { outcome, envelopes, further } = await queue.run(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.attempt(actor, name, commandId, input, handler);
        } catch (error) {
          if (!isContention(error) || attempt >= ATTEMPTS) throw error;
          const pause = this.ports.random() * Math.min(10 * 2 ** attempt, LONGEST_PAUSE_MS);
          await new Promise<void>((resolve) => void setTimeout(resolve, pause));
        }
      }
    });
    if (envelopes.length > 0) this.ports.committed(envelopes);
    for (const { name, work } of further) {
      const commandId = this.ports.newId();
      void this.runSystem(name, commandId, {}, async (tx) => {
        await work(tx);
        return {};
      });
    }
    return outcome;
  }

  private async attempt(
    actor: Actor,
    name: string,
    commandId: string,
    input: unknown,
    handler: AnyHandler,
  ): Promise<Settled> {
    const now = this.ports.clock.now();
    const inputHash = createHash('sha256').update(canonicalJson(input)).digest('base64url');
    const claim: Claim = { userId: actor.userId, commandId, name, inputHash, at: now };
    try {
      return await this.transaction(async (db) => {
        if (!(await claimCommand(db, claim))) return firstOutcome(db, claim);
        const recorded: Recorded[] = [];
        const further: Further[] = [];
        const tx = this.commandTx(db, now, recorded, further);
        const data = await handler(tx, input, actor);
        for (const react of this.ports.reactions) await react(tx, [...recorded], actor);
        return { ...(await this.succeed(db, claim, recorded, data)), further };
      });
    } catch (error) {
      if (error instanceof CommandReused || !(error instanceof Refused && error.final)) throw error;
      return this.recordRefusal(claim, error);
    }
  }

  /**
   * The refused work has been rolled back with its claim. A duplicate may have run meanwhile, and even have
   * succeeded: then its outcome is the command's.
   */
  private recordRefusal(claim: Claim, refusal: Refused): Promise<Settled> {
    const outcome: Outcome = { ok: false, error: toFailure(refusal) };
    return this.transaction(async (db) =>
      (await claimCommand(db, claim, outcome))
        ? { outcome, envelopes: [], further: [] }
        : firstOutcome(db, claim),
    );
  }

  private transaction<T>(work: (db: Tx) => Promise<T>): Promise<T> {
    return this.ports.db.$transaction(work, {
      isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
      maxWait: 10_000,
      timeout: 20_000,
    });
  }

  private commandTx(db: Tx, now: Date, recorded: Recorded[], further: Further[]): CommandTx {
    const { newId } = this.ports;
    return {
      db,
      now,
      newId,
      goOn: (name, work) => {
        further.push({ name, work });
      },
      record: (type, topic, data) => {
        recorded.push(checkEvent({ id: newId(), topic, type, data }));
      },
    };
  }

  private async succeed(
    db: Tx,
    claim: Claim,
    recorded: readonly Recorded[],
    data: unknown,
  ): Promise<Omit<Settled, 'further'>> {
    const { commandId, at: now } = claim;
    const envelopes = await append(
      db,
      recorded,
      { userId: claim.userId === SYSTEM ? null : claim.userId, commandId, at: now },
      Prisma.sql`
        UPDATE command
        SET outcome = jsonb_build_object(
          'ok', true,
          'data', ${JSON.stringify(data)}::jsonb,
          'at', (SELECT coalesce(jsonb_object_agg(name, head), '{}') FROM heads))
        WHERE user_id = ${claim.userId} AND command_id = ${commandId}::uuid`,
    );
    const at: Record<string, number> = {};
    for (const { topic, seq } of envelopes) at[topic] = Math.max(at[topic] ?? 0, seq);
    return { outcome: { ok: true, data, at }, envelopes };
  }
}

/** Stands in the command table where a user's id would; no user has it. */
const SYSTEM = 'system';
type SystemActor = Actor & { readonly userId: typeof SYSTEM };

interface Settled {
  outcome: Outcome;
  envelopes: Envelope[];
  further: readonly Further[];
}

/** Work that goes on after a command. */
interface Further {
  readonly name: string;
  readonly work: (tx: CommandTx) => Promise<void>;
}

/** Every command's handler, its types forgotten: `run` has parsed the input with the schema of the same name. */
type AnyHandler = (tx: CommandTx, input: unknown, actor: Actor) => Promise<unknown>;

/** Who runs which command, and with what: the first to write it down runs it. */
interface Claim {
  readonly userId: string;
  readonly commandId: string;
  readonly name: string;
  readonly inputHash: string;
  readonly at: Date;
}

/** A concurrent duplicate waits here until the first has come to its end. @returns whether this one is the first */
async function claimCommand(db: Tx, claim: Claim, outcome: Outcome | null = null): Promise<boolean> {
  const claimed = await db.$executeRaw`
    INSERT INTO command (user_id, command_id, name, input_hash, at, outcome)
    VALUES (${claim.userId}, ${claim.commandId}::uuid, ${claim.name}, ${claim.inputHash}, ${claim.at},
            ${outcome && JSON.stringify(outcome)}::jsonb)
    ON CONFLICT DO NOTHING`;
  return claimed === 1;
}

async function firstOutcome(db: Tx, { userId, commandId, name, inputHash }: Claim): Promise<Settled> {
  const first = await db.command.findUniqueOrThrow({ where: { userId_commandId: { userId, commandId } } });
  if (first.name !== name || first.inputHash !== inputHash) throw new CommandReused(commandId);
  // Written by `succeed` or `recordRefusal`, and by nobody else.
  return { outcome: first.outcome as unknown as Outcome, envelopes: [], further: [] };
}

/** The one refusal that is no command's outcome: its id has another one. */
class CommandReused extends Refused {
  constructor(commandId: string) {
    super(
      'conflict',
      `commandId ${commandId} was used before, for something else. Make a new one for each command.`,
    );
  }
}

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
