import { z } from 'zod';
import { defineQuery } from '../base/define.ts';
import { Money, Timestamp } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES } from '../base/roles.ts';

/** Days between `from` and `to`, and parts they may be cut into. */
export const FIGURES_MAX_DAYS = 366;
export const FIGURES_MAX_BUCKETS = 400;

const Sum = z.object({
  count: z.int().min(0),
  /** One for each currency. */
  totals: z.array(Money.extend({ amount: z.int().min(0) })),
});

export const DeskFigures = z.object({
  /** Orders placed and not cancelled. */
  placed: Sum,
  /** Orders that left the house. */
  shipped: Sum,
  /** By the beginning of each part; empty where no `bucket` was asked for. */
  buckets: z.array(z.object({ at: Timestamp, placed: z.int().min(0), shipped: z.int().min(0) })),
});
export type DeskFigures = z.infer<typeof DeskFigures>;

export const figureQueries = {
  get_desk_figures: defineQuery({
    name: 'get_desk_figures',
    summary:
      'What was placed and shipped from one moment up to another, in parts of `bucket` minutes if asked. Whose day it is, the caller knows.',
    params: z.strictObject({
      from: Timestamp,
      to: Timestamp,
      bucket: z.coerce.number().int().min(5).max(1440).optional(),
    }),
    result: DeskFigures,
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_desk_figures,
  }),
};
