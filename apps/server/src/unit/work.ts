import type { EventData, EventType, TopicName } from '@almenara/events';
import type { z } from 'zod';
import { checkEvent, type Origin, type Recorded } from '../log/record.ts';
import type { JobDefinition, JobQueue, NewJob } from './jobs.ts';
import type { Needs } from './needs.ts';
import type { Unit } from './unit.ts';

/** What goes on after a command, in a transaction of its own: what it needs, and what it does then. */
export interface Further {
  readonly name: string;
  readonly needs: Needs;
  readonly work: (work: Work) => void;
}

/** It is the system's doing; but what goes on after an import is the import's. */
export interface Following extends Further {
  readonly origin: Exclude<Origin, 'user'>;
}

export interface WorkPorts {
  /** One moment for the whole command. */
  readonly now: Date;
  /** Who does it; null for the system. */
  readonly userId: string | null;
  readonly origin: Origin;
  readonly newId: () => string;
  readonly queue: Pick<JobQueue, 'has'>;
}

/**
 * What one command does with the rows that its transaction holds. Everything happens in memory: events are only
 * buffered, rows are written when the last command of the transaction has decided.
 */
export class Work {
  readonly unit: Unit;
  readonly now: Date;
  readonly userId: string | null;
  readonly newId: () => string;
  private readonly events: Recorded[] = [];
  private readonly after: Following[] = [];
  private readonly origin: Origin;
  private readonly wanted: NewJob[] = [];
  private readonly unsure = new Set<TopicName>();
  private readonly queue: Pick<JobQueue, 'has'>;

  constructor(unit: Unit, { now, userId, origin, newId, queue }: WorkPorts) {
    this.unit = unit;
    this.now = now;
    this.userId = userId;
    this.newId = newId;
    this.origin = origin;
    this.queue = queue;
  }

  get recorded(): readonly Recorded[] {
    return this.events;
  }

  get jobs(): readonly NewJob[] {
    return this.wanted;
  }

  get rechecks(): readonly TopicName[] {
    return [...this.unsure];
  }

  get further(): readonly Following[] {
    return this.after;
  }

  record = <T extends EventType>(type: T, topic: TopicName, data: EventData<T>): void => {
    this.events.push(checkEvent({ id: this.newId(), topic, type, data }));
  };

  /**
   * Has a job done once this command is committed, and only then. Throws where nobody takes such jobs, or the input is none
   * of its.
   */
  enqueue = <I extends z.ZodType>({ name, input }: JobDefinition<I>, given: z.input<I>): void => {
    if (!this.queue.has(name)) throw new Error(`Nobody takes jobs of the name ${name}.`);
    this.wanted.push({ name, input: input.parse(given) });
  };

  /**
   * Has everybody who follows a topic asked again by its policy, once this command is committed: for what they may by
   * something that no event of the topic tells (`revokes`). On this node at once.
   */
  recheckTopic = (topic: TopicName): void => {
    this.unsure.add(topic);
  };

  /**
   * Has work that would hold this transaction for too long go on in one of its own, as the system's, once this one is
   * committed. It must be such that nothing is wrong without it: a process that dies in between does not do it.
   */
  goOn = (further: Further): void => {
    this.after.push({ ...further, origin: this.origin === 'import' ? 'import' : 'system' });
  };
}
