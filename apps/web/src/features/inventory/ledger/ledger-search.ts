import { ZoneCode } from '@almenara/events';
import { z } from 'zod';

export const SPANS = ['week', 'month', 'year', 'all'] as const;

export const LedgerSearch = z.object({
  /** Only this zone. */
  zone: ZoneCode.optional().catch(undefined),
  /** How far back the chart goes. */
  span: z.enum(SPANS).optional().catch(undefined),
});
export type LedgerSearch = z.infer<typeof LedgerSearch>;
