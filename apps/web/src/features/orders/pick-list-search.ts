import { z } from 'zod';

/** What fits into an address, and onto a trolley. */
export const PICKED_AT_ONCE = 50;

/** Which orders a pick list is for. */
export const PickListSearch = z.object({
  ids: z.array(z.uuid()).max(PICKED_AT_ONCE).catch([]).default([]),
});
