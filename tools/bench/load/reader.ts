import { now } from './clock.ts';
import { Histogram } from './histogram.ts';
import { type Door, LightClient } from './light-client.ts';
import type { Packet, Packets } from './packets.ts';

const TOPIC = 'orders';
const COME_BACK_MS = 60_000;

/** What the readers of one process have seen of a load, together. */
export class Seen {
  deliveries = 0;
  packets = 0;
  /** Events that came a second time. */
  twice = 0;
  /** Times that what came was not the next event, and the past was asked for. */
  holes = 0;
  /** Events that the past had not either. */
  lost = 0;
  /** Events that came by `catch_up` or a new connection. */
  caughtUp = 0;
  reconnects = 0;
  /** Readers that were told to begin anew: what they had seen could not be continued. */
  resets = 0;
  lastAt = 0;
  readonly late = new Histogram();
  /** When command n of the load was due: `start + n * everyMs`. */
  start = 0;
  everyMs = 0;
}

interface Row {
  readonly kind: string;
  readonly head: number;
  readonly events?: { seq: number; commandId: string }[];
  readonly more?: boolean;
}

/**
 * Follows the orders of a desk and checks every event's place: `seq + 1` is the next, what is ahead of it asks
 * `catch_up`, and whoever is thrown out comes back with the cursor. Of the plain server, which keeps no order and knows no past, it
 * counts what comes.
 */
export class Reader {
  readonly #door: Door;
  readonly #packets: Packets;
  readonly #seen: Seen;
  #client: LightClient | null = null;
  #epoch = '';
  #seq = 0;
  /** The last place that has come live. */
  #ahead = 0;
  #catchingUp = false;
  #closing = false;
  #reached: { seq: number; resolve: () => void } | null = null;

  private constructor(door: Door, packets: Packets, seen: Seen) {
    this.#door = door;
    this.#packets = packets;
    this.#seen = seen;
  }

  static async follow(door: Door, packets: Packets, seen: Seen): Promise<Reader> {
    const reader = new Reader(door, packets, seen);
    await reader.#connect(door);
    return reader;
  }

  /** The place it has reached; at the plain server, how many events have come. */
  get seq(): number {
    return this.#seq;
  }

  /** Resolves when it has everything up to `seq`. */
  reaches(seq: number): Promise<void> {
    return new Promise((resolve) => {
      this.#reached = { seq, resolve };
      this.#tellReached();
    });
  }

  /** After the server was stopped: comes back, and goes on where it stood. */
  async comeBack(): Promise<void> {
    for (const until = now() + COME_BACK_MS; ; ) {
      try {
        return await this.#connect(this.#door);
      } catch (error) {
        // Who was not heard in time is turned away, and tries again as people's browsers do.
        if (now() > until) throw error;
      }
    }
  }

  /** From now on, being thrown out is no reason to come back. */
  stay(): void {
    this.#closing = true;
  }

  close(): void {
    this.#closing = true;
    this.#client?.close();
  }

  async #connect(door: Door): Promise<void> {
    const client = await LightClient.connect(door);
    this.#client = client;
    this.#closing = false;
    client.onClosed = () => this.#thrownOut();
    client.onEvents = (data) => this.#take(this.#packets.read(data));
    if (door.token === null) return;
    this.#catchingUp = true;
    const cursor = this.#epoch === '' ? {} : { cursor: { epoch: this.#epoch, seq: this.#seq } };
    const answer = await client.ask('subscribe', { topics: [{ topic: TOPIC, ...cursor }] });
    const { epoch, topics }: { epoch: string; topics: Row[] } = Object(answer);
    const [row] = topics;
    if (row?.kind === 'reset') {
      if (this.#epoch !== '') this.#seen.resets += 1;
      this.#seq = row.head;
    }
    this.#epoch = epoch;
    this.#apply(row);
  }

  #thrownOut(): void {
    if (this.#closing) return;
    this.#seen.reconnects += 1;
    this.#connect(this.#door).catch(() => this.#thrownOut());
  }

  #take(packet: Packet): void {
    const { seqs } = packet;
    const seen = this.#seen;
    seen.packets += 1;
    if (this.#door.token === null) {
      this.#seq += seqs.length;
      this.#count(packet, 0);
    } else {
      // What comes while the past is read is in its answer, or is asked for after it.
      this.#ahead = Math.max(this.#ahead, Number(seqs.at(-1)));
      if (this.#catchingUp) return;
      let from = 0;
      while (from < seqs.length && Number(seqs[from]) <= this.#seq) from += 1;
      seen.twice += from;
      for (let i = from; i < seqs.length; i += 1) {
        if (seqs[i] !== this.#seq + 1) return this.#hole();
        this.#seq += 1;
      }
      this.#count(packet, from);
    }
    this.#tellReached();
  }

  #count({ seqs, commands }: Packet, from: number): void {
    const seen = this.#seen;
    const at = now();
    seen.deliveries += seqs.length - from;
    seen.lastAt = at;
    for (let i = from; i < commands.length; i += 1) {
      const command = Number(commands[i]);
      if (command >= 0) seen.late.add(at - (seen.start + command * seen.everyMs));
    }
  }

  #hole(): void {
    this.#seen.holes += 1;
    this.#catchingUp = true;
    const client = this.#client;
    const cursor = { epoch: this.#epoch, seq: this.#seq };
    client?.ask('catch_up', { topic: TOPIC, cursor }).then(
      (answer) => this.#apply(Object(answer)),
      // Thrown out meanwhile: the next connection subscribes from the cursor. Anything else would stay a hole.
      () => client.close(),
    );
  }

  #apply(row: Row | undefined): void {
    const packet = this.#packets.of(row?.events ?? []);
    const { seqs } = packet;
    let from = 0;
    while (from < seqs.length && Number(seqs[from]) <= this.#seq) from += 1;
    this.#seen.caughtUp += seqs.length - from;
    for (const seq of seqs.slice(from)) {
      if (seq !== this.#seq + 1) this.#seen.lost += seq - this.#seq - 1;
      this.#seq = seq;
    }
    this.#count(packet, from);
    if (row?.more || this.#ahead > this.#seq) return this.#hole();
    this.#catchingUp = false;
    this.#tellReached();
  }

  #tellReached(): void {
    if (this.#reached === null || this.#seq < this.#reached.seq) return;
    this.#reached.resolve();
    this.#reached = null;
  }
}
