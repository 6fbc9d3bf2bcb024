import {
  type Cursor,
  type Envelope,
  foldOf,
  LIMITS,
  type ParsedTopic,
  type ResetReason,
  type TopicName,
} from '@almenara/events';
import { type Db, Prisma, type Tx } from '../database/client.ts';
import { notFound, Refused } from '../errors.ts';
import { Blocks } from './blocks.ts';
import { Coalescer } from './coalesce.ts';
import { EPOCH } from './epoch.ts';

export interface Position {
  readonly epoch: string;
  readonly head: number;
  /** Events up to here are gone. */
  readonly floor: number;
}

export interface Snapshot {
  readonly epoch: string;
  readonly head: number;
  readonly snapshot: unknown;
}

export type Past =
  | { kind: 'delta'; epoch: string; head: number; events: Envelope[]; more: boolean }
  | { kind: 'reset'; reason: ResetReason; epoch: string; head: number; snapshot: unknown };

/**
 * Reads a topic's state from the tables, as something its fold's `view` takes, or null where no such topic exists.
 * Features register one each.
 */
export type StateLoader = (tx: Tx, topic: ParsedTopic) => Promise<unknown>;

const SNAPSHOTS_KEPT = 64;

export class LogReader {
  private readonly db: Db;
  private readonly load: StateLoader;
  private readonly blocks: Blocks;
  private readonly positions = new Coalescer<Position>();
  private readonly snapshots = new Coalescer<Snapshot>();
  private readonly kept = new Map<string, Snapshot>();

  constructor(db: Db, load: StateLoader) {
    this.db = db;
    this.load = load;
    this.blocks = new Blocks(db);
  }

  /** The heads of many topics and the epoch, in one statement: one moment of the database. */
  async heads(names: readonly string[]): Promise<{ epoch: string; heads: Map<string, number> }> {
    const rows = await this.db.$queryRaw<{ epoch: string; name: string | null; head: number }[]>`
      SELECT ${EPOCH} AS epoch, t.name, t.head::float8 AS head
      FROM (SELECT 1) one LEFT JOIN topic t ON t.name = ANY(${[...names]}::text[])`;
    const heads = new Map(rows.flatMap(({ name, head }) => (name === null ? [] : [[name, head] as const])));
    return { epoch: rows[0]?.epoch ?? '', heads };
  }

  position(topic: TopicName): Promise<Position> {
    return this.positions.run(topic, () => readPosition(this.db, topic));
  }

  /**
   * What a cursor has missed: the events after it, or an explicit reset where the cursor is none of this history [R2].
   * `limit` bounds the events; with `more` go on from the last one.
   */
  async since(
    topic: ParsedTopic,
    cursor: Cursor | undefined,
    limit: number = LIMITS.eventsPerRead,
  ): Promise<Past> {
    if (!cursor) return this.reset(topic, 'new');
    const position = await this.position(topic.name);
    const unusable = await this.whyUnusable(topic.name, cursor, position);
    if (unusable) return this.reset(topic, unusable);
    // Before its first event only the tables know whether there is such a topic.
    if (position.head === 0) await this.snapshot(topic);

    const { epoch, head } = position;
    const events = cursor.seq < head ? await this.following(epoch, topic.name, cursor.seq, head, limit) : [];
    const last = events.at(-1)?.seq ?? cursor.seq;
    // A tail is read after the head, and may hold more.
    return { kind: 'delta', epoch, head: Math.max(head, last), events, more: last < head };
  }

  /** At most `limit` events after `after`, read now. */
  after(topic: TopicName, after: number, limit: number): Promise<Envelope[]> {
    return this.blocks.between(topic, after + 1, after + limit);
  }

  private async following(
    epoch: string,
    topic: string,
    after: number,
    head: number,
    limit: number,
  ): Promise<Envelope[]> {
    const found: Envelope[] = [];
    let last = after;
    while (found.length < limit && last < head) {
      const block = await this.blocks.following(epoch, topic, last, head);
      if (block.length === 0) break;
      found.push(...block);
      last = block.at(-1)?.seq ?? last;
    }
    return found.slice(0, limit);
  }

  private async whyUnusable(topic: string, cursor: Cursor, position: Position): Promise<ResetReason | null> {
    if (cursor.epoch !== position.epoch) return 'epoch';
    if (cursor.seq > position.head) return 'ahead';
    if (cursor.seq < position.floor) return 'expired';
    if (cursor.id === undefined || cursor.seq <= position.floor) return null;
    const id = await this.blocks.idAt(position.epoch, topic, cursor.seq, position.head);
    return id === cursor.id ? null : 'history';
  }

  private async reset(topic: ParsedTopic, reason: ResetReason): Promise<Past> {
    return { kind: 'reset', reason, ...(await this.snapshot(topic)) };
  }

  /** The topic's state and the position it stands at, read at one moment. Throws `not_found` for an unknown topic. */
  async snapshot(topic: ParsedTopic): Promise<Snapshot> {
    const kept = this.kept.get(topic.name);
    if (kept) {
      const { epoch, head } = await this.position(topic.name);
      if (kept.epoch === epoch && kept.head === head && head > 0) return kept;
    }
    return this.snapshots.run(topic.name, () => this.readSnapshot(topic));
  }

  private async readSnapshot(topic: ParsedTopic): Promise<Snapshot> {
    const read = await this.db.$transaction(
      async (tx) => {
        const { epoch, head } = await readPosition(tx, topic.name);
        const state = await this.load(tx, topic);
        return state === null ? null : { epoch, head, snapshot: foldOf(topic.key).view(state) };
      },
      { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: 30_000, maxWait: 10_000 },
    );
    if (!read) throw notFound('topic', topic.name);
    this.kept.delete(topic.name);
    this.kept.set(topic.name, read);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= SNAPSHOTS_KEPT) break;
      this.kept.delete(oldest);
    }
    return read;
  }

  /** The state as it was after event `at`, from the log alone. */
  async snapshotAt(topic: ParsedTopic, at: number): Promise<Snapshot> {
    const { epoch, head, floor } = await this.position(topic.name);
    if (at > head) throw new Refused('invalid', `${topic.name} has only ${head} events.`);
    if (floor > 0)
      throw new Refused('not_found', `The events of ${topic.name} before ${floor + 1} are gone.`);
    const fold = foldOf(topic.key);
    let state = fold.empty(topic.params);
    for (let seq = 0; seq < at; ) {
      // Past the cache: one look far back must not push out what many are about to read.
      const block = await this.blocks.between(topic.name, seq + 1, Math.min(at, seq + 1000));
      if (block.length === 0) break;
      state = fold.fold(state, block);
      seq = block.at(-1)?.seq ?? at;
    }
    return { epoch, head: at, snapshot: fold.view(state) };
  }

  /** Another history has begun: nothing that was read of the old one may be handed out. */
  forget(): void {
    this.blocks.forget();
    this.kept.clear();
  }
}

async function readPosition(db: Tx, topic: string): Promise<Position> {
  const [row] = await db.$queryRaw<{ epoch: string; head: number | null; floor: number | null }[]>`
    SELECT ${EPOCH} AS epoch, t.head::float8 AS head, t.floor::float8 AS floor
    FROM (SELECT 1) one LEFT JOIN topic t ON t.name = ${topic}`;
  return { epoch: row?.epoch ?? '', head: row?.head ?? 0, floor: row?.floor ?? 0 };
}
