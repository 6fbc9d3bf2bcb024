import { z } from 'zod';
import { defineRoute } from '../base/route.ts';

/** What can be had as a table. */
const EXPORTED_LISTS = [
  'orders',
  'order-lines',
  'clients',
  'products',
  'inventory',
  'movements',
  'returns',
] as const;
export type ExportedList = (typeof EXPORTED_LISTS)[number];

export const exportRoutes = {
  export_list: defineRoute({
    name: 'export_list',
    method: 'GET',
    path: '/api/export/{list}.csv',
    summary: `A whole list as a table, with the filters of its own query and for whom that is: ${EXPORTED_LISTS.join(', ')}.`,
    access: 'signed in',
    params: z.object({ list: z.string() }),
    answers: 'text/csv',
    errors: ['not_found'],
  }),
};
