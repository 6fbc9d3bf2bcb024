import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Envelope, type EventDefinition, events, type ParsedTopic } from '@almenara/events';
import { toEnvelope } from './record.ts';

const compress = promisify(gzip);

/**
 * The state of a topic at one position, serialised once for however many ask: sockets and HTTP send these very bytes,
 * so that a hundred readers who are slow to take them hold them once.
 */
export class StoredSnapshot {
  readonly epoch: string;
  readonly head: number;
  /** `{"topic":…,"epoch":…,"head":…,"snapshot":…}`, as HTTP answers. */
  readonly bytes: Buffer;
  private readonly start: number;
  private zipped: Promise<Buffer> | null = null;

  constructor(topic: ParsedTopic, { epoch, head }: { epoch: string; head: number }, snapshot: unknown) {
    const before = `{"topic":${JSON.stringify(topic.name)},"epoch":${JSON.stringify(epoch)},"head":${head},"snapshot":`;
    this.epoch = epoch;
    this.head = head;
    this.bytes = Buffer.from(`${before}${JSON.stringify(snapshot)}}`);
    this.start = Buffer.byteLength(before);
  }

  /** The snapshot alone: a part of `bytes`, not a copy. */
  get json(): Buffer {
    return this.bytes.subarray(this.start, -1);
  }

  /** Parsed anew at each call: for programs that work with it in this process. */
  get snapshot(): unknown {
    return JSON.parse(this.json.toString());
  }

  /** `bytes`, compressed once. */
  compressed(): Promise<Buffer> {
    this.zipped ??= compress(this.bytes);
    return this.zipped;
  }
}

const NOBODY: readonly string[] = [];

/** An event of the log, serialised once for however many ask. */
export class StoredEvent {
  readonly seq: number;
  readonly id: string;
  readonly json: string;
  /** Users who may not follow its topic from here on. */
  readonly revoked: readonly string[];
  /** Whoever follows its topic is to be asked again by its policy, before the next event. */
  readonly rechecks: boolean;

  constructor(envelope: Envelope) {
    this.seq = envelope.seq;
    this.id = envelope.id;
    this.json = JSON.stringify(envelope);
    // A log may hold types of another version.
    const definition: EventDefinition | undefined = events[envelope.type];
    this.revoked = definition?.revokes?.(envelope.data) ?? NOBODY;
    this.rechecks = definition?.rechecks === true;
  }

  /** Parsed anew at each call. */
  get envelope(): Envelope {
    return toEnvelope(JSON.parse(this.json));
  }

  /** In memory, about. */
  get size(): number {
    return this.json.length + 200;
  }
}
