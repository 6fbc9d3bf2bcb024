import { isUuid, type Search } from '../../../http/search-params.ts';

/** What fits into an address, and onto a trolley. */
export const PICKED_AT_ONCE = 50;

/** Which orders a pick list is for. */
export const readPickListSearch = ({ ids }: Search): { ids: string[] } => ({
  ids: (Array.isArray(ids) ? ids : []).filter(isUuid).slice(0, PICKED_AT_ONCE),
});
