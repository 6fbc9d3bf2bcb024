import type { z } from 'zod';
import type { EventDefinition } from './base/define.ts';
import { clientEvents } from './nouns/clients.ts';
import { companyEvents } from './nouns/company.ts';
import { countEvents } from './nouns/counts.ts';
import { inventoryEvents } from './nouns/inventory.ts';
import { orderEvents } from './nouns/orders.ts';
import { productEvents } from './nouns/products.ts';
import { returnEvents } from './nouns/returns.ts';
import { userEvents } from './nouns/users.ts';
import { viewEvents } from './nouns/views.ts';
import { zoneEvents } from './nouns/zones.ts';

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
