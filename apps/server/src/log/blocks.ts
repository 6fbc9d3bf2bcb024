import type { Envelope } from '@almenara/events';
import { LRUCache } from 'lru-cache';
import type { Db } from '../database/client.ts';
import type { Turns } from '../turns.ts';
import { Coalescer } from './coalesce.ts';
import { toEnvelope } from './record.ts';
import { StoredEvent } from './stored.ts';

/** Events in a block; blocks are aligned: the first holds 1 … 256. */
export const BLOCK = 256;
/** Full blocks kept in memory, in bytes: at half a kilobyte an event some 150 blocks. */
const CACHED_BYTES = 32_000_000;

interface EventRow {
  seq: number;
  id: string;
  type: string;
  data: unknown;
  at: Date;
  userId: string | null;
  commandId: string | null;
}

/** A position in a history: `head` must be one that was read before. */
export interface Place {
  readonly epoch: string;
  readonly topic: string;
  readonly head: number;
  /** Whose turn it costs to read what is not in memory. */
  readonly asker: string;
}

/** Reads the past in aligned blocks. A full block never changes: it is read once for however many ask. */
export class Blocks {
  private readonly full = new LRUCache<string, StoredEvent[]>({
    maxSize: CACHED_BYTES,
    sizeCalculation: (block) => block.reduce((sum, event) => sum + event.size, 1),
  });
  private readonly reading = new Map<string, Promise<StoredEvent[]>>();
  private readonly tails = new Coalescer<StoredEvent[]>();
  private readonly db: Db;
  private readonly turns: Turns;

  constructor(db: Db, turns: Turns) {
    this.db = db;
    this.turns = turns;
  }

  /** The events `after + 1 …` of the block that `after + 1` lies in. */
  async following(place: Place, after: number): Promise<StoredEvent[]> {
    const block = await this.block(place, Math.floor(after / BLOCK));
    return block.filter((event) => event.seq > after);
  }

  /** The id of one event, or null where there is none. */
  async idAt(place: Place, seq: number): Promise<string | null> {
    const block = await this.block(place, Math.floor((seq - 1) / BLOCK));
    return block.find((event) => event.seq === seq)?.id ?? null;
  }

  forget(): void {
    this.full.clear();
    this.reading.clear();
  }

  private block({ epoch, topic, head, asker }: Place, index: number): Promise<StoredEvent[]> {
    const key = `${epoch} ${topic} ${index}`;
    const read = () => this.turns.run(asker, () => this.read(topic, index));
    if ((index + 1) * BLOCK > head) return this.tails.run(key, read);
    const cached = this.full.get(key);
    if (cached) return Promise.resolve(cached);
    const underWay = this.reading.get(key);
    if (underWay) return underWay;
    const reading = read().then((block) => {
      // Unless all was forgotten meanwhile: then it may be of another history.
      if (this.reading.get(key) === reading) this.full.set(key, block);
      return block;
    });
    this.reading.set(key, reading);
    const done = () => {
      if (this.reading.get(key) === reading) this.reading.delete(key);
    };
    reading.then(done, done);
    return reading;
  }

  private async read(topic: string, index: number): Promise<StoredEvent[]> {
    const events = await this.between(topic, index * BLOCK + 1, (index + 1) * BLOCK);
    return events.map((event) => new StoredEvent(event));
  }

  /** Straight from the table, for readers at the live end. */
  async between(topic: string, first: number, last: number): Promise<Envelope[]> {
    const rows = await this.db.$queryRaw<EventRow[]>`
      SELECT seq::float8 AS seq, id, type, data, at, user_id AS "userId", command_id AS "commandId"
      FROM event WHERE topic = ${topic} AND seq BETWEEN ${first} AND ${last} ORDER BY seq`;
    return rows.map(({ at, ...row }) => toEnvelope({ ...row, topic, timestamp: at.toISOString() }));
  }
}
