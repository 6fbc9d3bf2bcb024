import { setTimeout as sleep } from 'node:timers/promises';
import { type Envelope, foldOf, type ParsedTopic, type TopicName } from '@almenara/events';
import { LRUCache } from 'lru-cache';
import { Refused } from '../errors.ts';
import { Turns } from '../turns.ts';
import { StoredSnapshot } from './stored.ts';

/** Events folded in one go; between two the event loop is left to others. */
const SLICE = 256;
/** After this much work (ms) the loop is left alone for as long as the work took. */
const WORK_MS = 8;
/** A journey lets others go first after this long, and an asker waits no longer than that (ms). */
const TURN_MS = 5000;
const PATIENCE_MS = 15_000;
/** Where journeys stand is remembered for the next who ask, by the JSON of what was last seen there (bytes)… */
const JOURNEY_BYTES = 32_000_000;
/** …of which a state is many times in memory: so no more than these, and not for long. */
const JOURNEYS = 3;
const REMEMBERED_MS = 60_000;
/** Old snapshots kept in memory, in bytes: history does not change. */
const KEPT_BYTES = 16_000_000;

interface Asker {
  readonly at: number;
  readonly user: string;
  readonly until: number;
  arrived(snapshot: StoredSnapshot): void;
  failed(error: unknown): void;
}

/** Through one topic from its first event on, for all who want to see it at some moment. */
interface Journey {
  readonly epoch: string;
  readonly topic: ParsedTopic;
  state: unknown;
  seq: number;
  /** Of the last snapshot on the way; 1 before there is one. */
  bytes: number;
  askers: Asker[];
  travelling: boolean;
}

/**
 * The state of a topic as it was, from the log alone. It costs a fold over all that happened before, so it is shared,
 * paced and bounded: one walk serves everybody who asks about that topic, however many moments they ask for.
 */
export class TimeTravel {
  private readonly read: (topic: TopicName, first: number, last: number) => Promise<Envelope[]>;
  private readonly turns = new Turns({ atOnce: 1, perKey: 1, waiting: 16 });
  private readonly journeys = new LRUCache<string, Journey>({
    max: JOURNEYS,
    maxSize: JOURNEY_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
    ttl: REMEMBERED_MS,
    ttlAutopurge: true,
  });
  private readonly kept = new LRUCache<string, StoredSnapshot>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ bytes }) => bytes.length,
  });

  constructor(read: TimeTravel['read']) {
    this.read = read;
  }

  /** Throws `unavailable` where it takes too long; asked again it goes on from where it stood. */
  to(topic: ParsedTopic, epoch: string, at: number, user: string): Promise<StoredSnapshot> {
    const known = this.kept.get(`${epoch} ${topic.name} ${at}`);
    if (known) return Promise.resolve(known);
    const key = `${epoch} ${topic.name}`;
    const journey = this.journeys.get(key) ?? this.begin(topic, epoch);
    this.journeys.set(key, journey);
    return new Promise((arrived, failed) => {
      journey.askers.push({ at, user, until: Date.now() + PATIENCE_MS, arrived, failed });
      this.go(journey);
    });
  }

  forget(): void {
    this.journeys.clear();
    this.kept.clear();
  }

  private begin(topic: ParsedTopic, epoch: string): Journey {
    const state = foldOf(topic.key).empty(topic.params);
    return { topic, epoch, state, seq: 0, bytes: 1, askers: [], travelling: false };
  }

  private go(journey: Journey): void {
    const [first] = journey.askers;
    if (journey.travelling || !first) return;
    journey.travelling = true;
    this.turns
      .run(first.user, () => this.travel(journey))
      .catch((error: unknown) => {
        for (const { failed } of journey.askers.splice(0)) failed(error);
      })
      .finally(() => {
        journey.travelling = false;
        this.go(journey);
      });
  }

  private async travel(journey: Journey): Promise<void> {
    const pause = new Pause();
    const end = Date.now() + TURN_MS;
    while (journey.askers.length > 0 && Date.now() < end) {
      giveUp(journey, Date.now());
      const goal = nextGoal(journey);
      if (goal === null) return;
      if (goal < journey.seq)
        Object.assign(journey, { state: foldOf(journey.topic.key).empty(journey.topic.params), seq: 0 });
      if (goal > journey.seq) await this.step(journey, goal, pause);
      if (goal === journey.seq) this.arrive(journey, pause);
      await pause.whenDue();
    }
  }

  /** Past the cache of blocks: one look far back must not push out what many are about to read. */
  private async step(journey: Journey, goal: number, pause: Pause): Promise<void> {
    const { topic } = journey;
    const last = Math.min(goal, journey.seq + SLICE);
    const events = await this.read(topic.name, journey.seq + 1, last);
    if (events.length === 0)
      throw new Error(`${topic.name} has no events from ${journey.seq + 1} to ${last}.`);
    pause.work(() => {
      journey.state = foldOf(topic.key).fold(journey.state, events);
      journey.seq = events.at(-1)?.seq ?? last;
    });
  }

  private arrive(journey: Journey, pause: Pause): void {
    const { topic, epoch, seq } = journey;
    const snapshot = pause.work(
      () => new StoredSnapshot(topic, { epoch, head: seq }, foldOf(topic.key).view(journey.state)),
    );
    this.kept.set(`${epoch} ${topic.name} ${seq}`, snapshot);
    this.weigh(journey, snapshot.bytes.length);
    const here = journey.askers.filter(({ at }) => at === seq);
    journey.askers = journey.askers.filter(({ at }) => at !== seq);
    for (const { arrived } of here) arrived(snapshot);
  }

  /** What is remembered is weighed when it is put there. */
  private weigh(journey: Journey, bytes: number): void {
    const key = `${journey.epoch} ${journey.topic.name}`;
    journey.bytes = bytes;
    if (this.journeys.get(key) !== journey) return;
    this.journeys.delete(key);
    this.journeys.set(key, journey);
  }
}

/** The nearest moment ahead; where all lie behind, the first of them: the journey begins anew. */
function nextGoal({ askers, seq }: Journey): number | null {
  if (askers.length === 0) return null;
  const ahead = askers.filter(({ at }) => at >= seq);
  return Math.min(...(ahead.length > 0 ? ahead : askers).map(({ at }) => at));
}

function giveUp(journey: Journey, now: number): void {
  const tired = journey.askers.filter(({ until }) => until <= now);
  if (tired.length === 0) return;
  journey.askers = journey.askers.filter(({ until }) => until > now);
  const message = 'That moment lies behind very many events. Ask again: it goes on from where it stands.';
  for (const { failed } of tired) failed(new Refused('unavailable', message, { retryAfterMs: 1000 }));
}

/** Leaves the event loop to others for as long as the work before took. */
class Pause {
  private worked = 0;

  work<T>(work: () => T): T {
    const before = performance.now();
    try {
      return work();
    } finally {
      this.worked += performance.now() - before;
    }
  }

  async whenDue(): Promise<void> {
    if (this.worked < WORK_MS) return;
    const { worked } = this;
    this.worked = 0;
    await sleep(worked);
  }
}
