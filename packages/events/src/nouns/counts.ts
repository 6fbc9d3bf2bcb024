import { z } from 'zod';
import { defineCommand, defineEvent } from '../base/define.ts';
import { Timestamp, Uuid, ZoneCode } from '../base/primitives.ts';
import { WRITERS } from '../base/roles.ts';

const Pieces = z.int().min(0);
const UserId = z.string();

/** What somebody has counted of one product; the last word counts. */
export const CountEntry = z.object({
  productId: Uuid,
  counted: Pieces,
  /** What was on hand when it was recorded: the difference to it is what finishing applies. */
  expected: Pieces,
  userId: UserId,
  at: Timestamp,
});
export type CountEntry = z.infer<typeof CountEntry>;

/** Several people's count of one zone, from its start to its end. */
export const CountStart = z.object({
  id: Uuid,
  zone: ZoneCode,
  startedBy: UserId,
  startedAt: Timestamp,
  /** How many products the zone held when it began. */
  total: Pieces,
});
export const Count = CountStart.extend({ entries: z.array(CountEntry) });
export type Count = z.infer<typeof Count>;

/** How a count ended. */
export const ClosedCount = CountStart.extend({
  outcome: z.enum(['finished', 'cancelled']),
  closedBy: UserId,
  closedAt: Timestamp,
  /** How many products had been counted, and of how many the level was changed. */
  counted: Pieces,
  changed: Pieces,
  /** Products whose level was counted or found short by somebody else after the entry: theirs is the later word. */
  overtaken: z.array(Uuid),
});
export type ClosedCount = z.infer<typeof ClosedCount>;

const CountResult = z.object({ count: CountStart });
const ClosedResult = z.object({ count: ClosedCount });
const Recorded = z.object({
  countId: Uuid,
  productId: Uuid,
  /** Null where it was taken back. */
  entry: CountEntry.nullable(),
  /** What stood there before. */
  previous: CountEntry.nullable(),
});

export const countEvents = {
  count_started: defineEvent('count_started', 'A count of a zone began.', CountResult),
  count_recorded: defineEvent('count_recorded', 'A product was counted, or its count taken back.', Recorded),
  count_finished: defineEvent(
    'count_finished',
    'A count was finished and its differences applied; `zone_counted` lists them.',
    ClosedResult,
  ),
  count_cancelled: defineEvent('count_cancelled', 'A count was given up; no level changed.', ClosedResult),
};

const shared = { roles: WRITERS, errors: ['not_found', 'conflict'] } as const;
const post = (path: string) => ({ method: 'POST', path: `/api/counts${path}`, status: 200 }) as const;

export const countCommands = {
  start_count: defineCommand({
    ...shared,
    name: 'start_count',
    summary: 'Begin to count a zone together; a zone has one open count at a time.',
    input: z.strictObject({ zone: ZoneCode }),
    output: CountResult,
    http: { method: 'POST', path: '/api/counts', status: 201 },
  }),
  record_count: defineCommand({
    ...shared,
    name: 'record_count',
    summary: 'Say how many there are of a product; null takes it back. The last word counts.',
    input: z.strictObject({
      countId: Uuid,
      productId: Uuid,
      counted: z.int().min(0).max(1_000_000_000).nullable(),
    }),
    output: Recorded,
    http: post('/{countId}/entries'),
  }),
  finish_count: defineCommand({
    ...shared,
    name: 'finish_count',
    summary: 'Apply what the count found: each difference as of its recording, to what is on hand now.',
    input: z.strictObject({ countId: Uuid }),
    output: ClosedResult,
    http: post('/{countId}/finish'),
  }),
  cancel_count: defineCommand({
    ...shared,
    name: 'cancel_count',
    summary: 'Give a count up; nothing is applied.',
    input: z.strictObject({ countId: Uuid }),
    output: ClosedResult,
    http: post('/{countId}/cancel'),
  }),
};

export const countSnapshot = z.object({
  zone: ZoneCode,
  count: Count.nullable(),
  last: ClosedCount.nullable(),
});
