import type { z } from 'zod';
import { clientEvents } from './clients.ts';
import { companyEvents } from './company.ts';
import { countEvents } from './counts.ts';
import type { EventDefinition } from './define.ts';
import { inventoryEvents } from './inventory.ts';
import { orderEvents } from './orders.ts';
import { productEvents } from './products.ts';
import { returnEvents } from './returns.ts';
import { userEvents } from './users.ts';
import { viewEvents } from './views.ts';
import { zoneEvents } from './zones.ts';

export const events = {
  ...clientEvents,
  ...productEvents,
  ...zoneEvents,
  ...inventoryEvents,
  ...countEvents,
  ...orderEvents,
  ...returnEvents,
  ...companyEvents,
  ...viewEvents,
  ...userEvents,
} satisfies Record<string, EventDefinition>;

export type EventType = keyof typeof events;
export type EventData<T extends EventType> = z.output<(typeof events)[T]['data']>;
export const eventTypes = Object.keys(events) as EventType[];

/** A committed event, as every door hands it out. */
export type EnvelopeOf<T extends EventType> = {
  readonly id: string;
  readonly topic: string;
  readonly seq: number;
  readonly type: T;
  readonly data: EventData<T>;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** Null for what the system did by itself. */
  readonly userId: string | null;
  readonly commandId: string | null;
};
/** One of all of them: a switch on `type` knows its `data`. */
export type Envelope = { [T in EventType]: EnvelopeOf<T> }[EventType];
