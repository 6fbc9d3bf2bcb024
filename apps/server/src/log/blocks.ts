import type { Envelope } from '@almenara/events';
import type { Db } from '../database/client.ts';
import { Coalescer } from './coalesce.ts';
import { toEnvelope } from './record.ts';

/** Events in a block; blocks are aligned: the first holds 1 … 256. */
export const BLOCK = 256;
/** Full blocks kept in memory: at about half a kilobyte an event some 25 MB. */
const CACHED_BLOCKS = 200;

interface EventRow {
  seq: number;
  id: string;
  type: string;
  data: unknown;
  at: Date;
  userId: string | null;
  commandId: string | null;
}

/** Reads the past in aligned blocks. A full block never changes: it is read once for however many ask. */
export class Blocks {
  private readonly full = new Map<string, Promise<Envelope[]>>();
  private readonly tails = new Coalescer<Envelope[]>();
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** The events `after + 1 …` of the block that `after + 1` lies in. `head` must be one that was read before. */
  async following(epoch: string, topic: string, after: number, head: number): Promise<Envelope[]> {
    const block = await this.block(epoch, topic, Math.floor(after / BLOCK), head);
    return block.filter((event) => event.seq > after);
  }

  /** The id of one event, or null where there is none. */
  async idAt(epoch: string, topic: string, seq: number, head: number): Promise<string | null> {
    const block = await this.block(epoch, topic, Math.floor((seq - 1) / BLOCK), head);
    return block.find((event) => event.seq === seq)?.id ?? null;
  }

  forget(): void {
    this.full.clear();
  }

  private block(epoch: string, topic: string, index: number, head: number): Promise<Envelope[]> {
    const key = `${epoch} ${topic} ${index}`;
    if ((index + 1) * BLOCK > head) return this.tails.run(key, () => this.read(topic, index));
    const cached = this.full.get(key);
    if (cached) {
      // Least recently used goes first: a Map keeps insertion order.
      this.full.delete(key);
      this.full.set(key, cached);
      return cached;
    }
    const reading = this.read(topic, index);
    this.full.set(key, reading);
    reading.catch(() => this.full.delete(key));
    for (const oldest of this.full.keys()) {
      if (this.full.size <= CACHED_BLOCKS) break;
      this.full.delete(oldest);
    }
    return reading;
  }

  private read(topic: string, index: number): Promise<Envelope[]> {
    return this.between(topic, index * BLOCK + 1, (index + 1) * BLOCK);
  }

  /** Straight from the table, for readers at the live end. */
  async between(topic: string, first: number, last: number): Promise<Envelope[]> {
    const rows = await this.db.$queryRaw<EventRow[]>`
      SELECT seq::float8 AS seq, id, type, data, at, user_id AS "userId", command_id AS "commandId"
      FROM event WHERE topic = ${topic} AND seq BETWEEN ${first} AND ${last} ORDER BY seq`;
    return rows.map(({ at, ...row }) => toEnvelope({ ...row, topic, timestamp: at.toISOString() }));
  }
}
