import {
  type Cursor,
  foldOf,
  LIMITS,
  type ParsedTopic,
  type ResetReason,
  type TopicName,
} from '@almenara/events';
import { LRUCache } from 'lru-cache';
import { type Db, Prisma, type Tx } from '../database/client.ts';
import { notFound, Refused } from '../errors.ts';
import { Joined } from '../joined.ts';
import { Turns } from '../turns.ts';
import { Blocks, type Place } from './blocks.ts';
import { Coalescer } from './coalesce.ts';
import { EPOCH } from './epoch.ts';
import { StoredEvent, StoredSnapshot } from './stored.ts';
import { TimeTravel } from './time-travel.ts';

export interface Position {
  readonly epoch: string;
  readonly head: number;
  /** Events up to here are gone. */
  readonly floor: number;
}

export type Past =
  | { kind: 'delta'; epoch: string; head: number; events: StoredEvent[]; more: boolean }
  | { kind: 'reset'; reason: ResetReason; epoch: string; head: number; stored: StoredSnapshot };

export interface ReadOptions {
  /** The most events, and the most bytes of them; there is always one if there is any. */
  readonly limit?: number;
  readonly bytes?: number;
  /** Who asks: what is not in memory is read in turns. */
  readonly asker?: string;
  /** Where the topic stands, read after the question. */
  readonly position?: Position;
}

type SnapshotOptions = Pick<ReadOptions, 'asker' | 'position'>;

/**
 * Reads a topic's state from the tables, as something its fold's `view` takes, or null where no such topic exists.
 * Features register one each.
 */
export type StateLoader = (tx: Tx, topic: ParsedTopic) => Promise<unknown>;

/** Positions are read by one statement at a time, or two where one is slow; and how many by one. */
const POSITIONS = { atOnce: 2, questions: 500 };
/** Snapshots kept in memory, in bytes. */
const SNAPSHOT_BYTES = 64_000_000;
/** Costly reads at a time, in all and for one user, and how many of one user may wait. */
const READS = { atOnce: 3, perKey: 2, waiting: 512 };

export class LogReader {
  private readonly db: Db;
  private readonly load: StateLoader;
  private readonly blocks: Blocks;
  private readonly positions: Joined<Position>;
  private readonly snapshots = new Coalescer<StoredSnapshot>();
  private readonly kept = new LRUCache<string, StoredSnapshot>({
    maxSize: SNAPSHOT_BYTES,
    sizeCalculation: ({ bytes }) => bytes.length,
  });
  private readonly turns = new Turns(READS);
  private readonly timeTravel: TimeTravel;

  constructor(db: Db, load: StateLoader) {
    this.db = db;
    this.load = load;
    this.positions = new Joined(POSITIONS, (topics) => readPositions(db, topics));
    this.blocks = new Blocks(db, this.turns);
    this.timeTravel = new TimeTravel((topic, first, last) => this.blocks.between(topic, first, last));
  }

  /** The heads of many topics and the epoch, in one statement: one moment of the database. */
  async heads(names: readonly string[]): Promise<{ epoch: string; heads: Map<string, number> }> {
    const rows = await this.db.$queryRaw<{ epoch: string; name: string | null; head: number }[]>`
      SELECT ${EPOCH} AS epoch, t.name, t.head::float8 AS head
      FROM (SELECT 1) one LEFT JOIN topic t ON t.name = ANY(${[...names]}::text[])`;
    const heads = new Map(rows.flatMap(({ name, head }) => (name === null ? [] : [[name, head] as const])));
    return { epoch: rows[0]?.epoch ?? '', heads };
  }

  /** Where a topic stands; those that are asked for together are read together. */
  async position(topic: TopicName): Promise<Position> {
    return (await this.positions.answer(topic)) ?? fault(topic);
  }

  /**
   * What a cursor has missed: the events after it, or an explicit reset where the cursor is none of this history [R2].
   * Where the bounds of `options` left some out, `more` says so: go on from the last one.
   */
  async since(topic: ParsedTopic, cursor: Cursor | undefined, options: ReadOptions = {}): Promise<Past> {
    const { limit = LIMITS.eventsPerRead, bytes = Number.POSITIVE_INFINITY, asker = '' } = options;
    if (!cursor) return this.reset(topic, 'new', options);
    const position = options.position ?? (await this.position(topic.name));
    const { epoch, head, floor } = position;
    const place = { epoch, topic: topic.name, head, asker };
    const unusable = await this.whyUnusable(place, floor, cursor);
    if (unusable) return this.reset(topic, unusable, { asker, position });
    // Before its first event only the tables know whether there is such a topic.
    if (head === 0) await this.snapshot(topic, { asker, position });

    const events = cursor.seq < head ? await this.following(place, cursor.seq, limit, bytes) : [];
    const last = events.at(-1)?.seq ?? cursor.seq;
    // A tail is read after the head, and may hold more.
    return { kind: 'delta', epoch, head: Math.max(head, last), events, more: last < head };
  }

  /** At most `limit` events after `after`, read now. */
  async after(topic: TopicName, after: number, limit: number): Promise<StoredEvent[]> {
    const events = await this.blocks.between(topic, after + 1, after + limit);
    return events.map((event) => new StoredEvent(event));
  }

  private async following(place: Place, after: number, limit: number, bytes: number): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    let size = 0;
    let last = after;
    while (last < place.head && found.length < limit) {
      const block = await this.blocks.following(place, last);
      if (block.length === 0) break;
      for (const event of block) {
        size += event.json.length;
        if (found.length === limit || (found.length > 0 && size > bytes)) return found;
        found.push(event);
        last = event.seq;
      }
    }
    return found;
  }

  private async whyUnusable(place: Place, floor: number, cursor: Cursor): Promise<ResetReason | null> {
    if (cursor.epoch !== place.epoch) return 'epoch';
    if (cursor.seq > place.head) return 'ahead';
    if (cursor.seq < floor) return 'expired';
    if (cursor.id === undefined || cursor.seq <= floor) return null;
    const id = await this.blocks.idAt(place, cursor.seq);
    return id === cursor.id ? null : 'history';
  }

  private async reset(topic: ParsedTopic, reason: ResetReason, options: SnapshotOptions): Promise<Past> {
    const stored = await this.snapshot(topic, options);
    return { kind: 'reset', reason, epoch: stored.epoch, head: stored.head, stored };
  }

  /** The topic's state and the position it stands at, read at one moment. Throws `not_found` for an unknown topic. */
  async snapshot(topic: ParsedTopic, options: SnapshotOptions = {}): Promise<StoredSnapshot> {
    const { asker = '', position } = options;
    const kept = this.kept.get(topic.name);
    if (kept) {
      const { epoch, head } = position ?? (await this.position(topic.name));
      if (kept.epoch === epoch && kept.head >= head && head > 0) return kept;
    }
    return this.snapshots.run(topic.name, () => this.turns.run(asker, () => this.readSnapshot(topic)));
  }

  private async readSnapshot(topic: ParsedTopic): Promise<StoredSnapshot> {
    const read = await this.db.$transaction(
      async (tx) => {
        const position = (await readPositions(tx, [topic.name])).get(topic.name) ?? fault(topic.name);
        const state = await this.load(tx, topic);
        return state === null ? null : { position, view: foldOf(topic.key).view(state) };
      },
      { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead, timeout: 30_000, maxWait: 10_000 },
    );
    if (!read) throw notFound('topic', topic.name);
    const stored = new StoredSnapshot(topic, read.position, read.view);
    this.kept.set(topic.name, stored);
    return stored;
  }

  /** The state as it was after event `at`, from the log alone. Throws `unavailable` where that takes too long. */
  async snapshotAt(topic: ParsedTopic, at: number, asker = ''): Promise<StoredSnapshot> {
    const { epoch, head, floor } = await this.position(topic.name);
    if (at > head) throw new Refused('invalid', `${topic.name} has only ${head} events.`);
    if (floor > 0)
      throw new Refused('not_found', `The events of ${topic.name} before ${floor + 1} are gone.`);
    return this.timeTravel.to(topic, epoch, at, asker);
  }

  /** Another history has begun: nothing that was read of the old one may be handed out. */
  forget(): void {
    this.blocks.forget();
    this.kept.clear();
    this.timeTravel.forget();
  }
}

/** The positions of many topics, in one statement; of those that have no event yet as well. */
async function readPositions(db: Tx, topics: string[]): Promise<Map<string, Position>> {
  const rows = await db.$queryRaw<
    { name: string; epoch: string; head: number | null; floor: number | null }[]
  >`
    SELECT n.name, ${EPOCH} AS epoch, t.head::float8 AS head, t.floor::float8 AS floor
    FROM unnest(${topics}::text[]) AS n (name) LEFT JOIN topic t ON t.name = n.name`;
  return new Map(
    rows.map(({ name, epoch, head, floor }) => [name, { epoch, head: head ?? 0, floor: floor ?? 0 }]),
  );
}

function fault(topic: TopicName): never {
  throw new Error(`The position of ${topic} was not read.`);
}
