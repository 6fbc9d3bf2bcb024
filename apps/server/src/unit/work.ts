import type { EventData, EventType, TopicName } from '@almenara/events';
import { checkEvent, type Recorded } from '../log/record.ts';
import type { Needs } from './needs.ts';
import type { Unit } from './unit.ts';

/** What goes on after a command, in a transaction of its own: what it needs, and what it does then. */
export interface Further {
  readonly name: string;
  readonly needs: Needs;
  readonly work: (work: Work) => void;
}

export interface WorkPorts {
  /** One moment for the whole command. */
  readonly now: Date;
  /** Who does it; null for the system. */
  readonly userId: string | null;
  readonly newId: () => string;
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
  private readonly after: Further[] = [];

  constructor(unit: Unit, { now, userId, newId }: WorkPorts) {
    this.unit = unit;
    this.now = now;
    this.userId = userId;
    this.newId = newId;
  }

  get recorded(): readonly Recorded[] {
    return this.events;
  }

  get further(): readonly Further[] {
    return this.after;
  }

  record = <T extends EventType>(type: T, topic: TopicName, data: EventData<T>): void => {
    this.events.push(checkEvent({ id: this.newId(), topic, type, data }));
  };

  /**
   * Has work that would hold this transaction for too long go on in one of its own, as the system's, once this one is
   * committed. It must be such that nothing is wrong without it: a process that dies in between does not do it.
   */
  goOn = (further: Further): void => {
    this.after.push(further);
  };
}
