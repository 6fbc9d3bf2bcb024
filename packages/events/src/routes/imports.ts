import { z } from 'zod';
import { WRITERS } from '../base/roles.ts';
import { defineRoute } from '../base/route.ts';
import { ImportAnswer, ImportLanguage, ImportList, ImportSettings } from '../nouns/imports.ts';

const params = z.object({ importId: z.string() });
/** What time zones, encodings and currencies there are the server knows, and is stricter by that. */
const body = ImportSettings.extend({
  /** With more bad lines than this nothing is imported. */
  limitErrors: z.int().min(0).optional(),
}).prefault({});

/** A file is brought once, looked at as often as needed, and run. */
export const importRoutes = {
  list_imports: defineRoute({
    name: 'list_imports',
    method: 'GET',
    path: '/api/imports',
    summary: 'One’s own imports, the newest first; administrators see everybody’s.',
    access: WRITERS,
    result: ImportList,
  }),
  bring_import: defineRoute({
    name: 'bring_import',
    method: 'POST',
    path: '/api/imports',
    summary: 'Bring a file of sales lines: the body is the file as it is, in any encoding.',
    access: WRITERS,
    query: z.object({ name: z.string().trim().min(1).max(255).default('import.csv') }),
    result: ImportAnswer,
    status: 201,
    errors: ['too_large'],
  }),
  get_import: defineRoute({
    name: 'get_import',
    method: 'GET',
    path: '/api/imports/{importId}',
    summary: 'How an import stands, with what it would do where it has been looked at.',
    access: WRITERS,
    params,
    result: ImportAnswer,
    errors: ['not_found'],
  }),
  preview_import: defineRoute({
    name: 'preview_import',
    method: 'POST',
    path: '/api/imports/{importId}/preview',
    summary: 'Look at the file: how it is read with these settings, and what importing it would do.',
    access: WRITERS,
    params,
    body,
    result: ImportAnswer,
    errors: ['not_found', 'conflict'],
  }),
  run_import: defineRoute({
    name: 'run_import',
    method: 'POST',
    path: '/api/imports/{importId}/run',
    summary: 'Import the file; the answer comes at once. What was imported before is not imported again.',
    access: WRITERS,
    params,
    body,
    result: ImportAnswer,
    status: 202,
    errors: ['not_found', 'conflict'],
  }),
  cancel_import: defineRoute({
    name: 'cancel_import',
    method: 'POST',
    path: '/api/imports/{importId}/cancel',
    summary: 'Stop a run after the batch under way; run again it goes on from there.',
    access: WRITERS,
    params,
    result: ImportAnswer,
    errors: ['not_found'],
  }),
  remove_import: defineRoute({
    name: 'remove_import',
    method: 'DELETE',
    path: '/api/imports/{importId}',
    summary: 'Remove a file; what it brought stays.',
    access: WRITERS,
    params,
    errors: ['not_found'],
  }),
  get_bad_lines: defineRoute({
    name: 'get_bad_lines',
    method: 'GET',
    path: '/api/imports/{importId}/bad-lines.csv',
    summary: 'The lines that are left out, with why.',
    access: WRITERS,
    params,
    query: z.object({ language: ImportLanguage.default('en') }),
    answers: 'text/csv',
    errors: ['not_found'],
  }),
  follow_import: defineRoute({
    name: 'follow_import',
    method: 'GET',
    path: '/api/imports/{importId}/events',
    summary: 'Server-Sent Events `import`: how it stands now and whenever that changes.',
    access: WRITERS,
    params,
    answers: 'text/event-stream',
    errors: ['not_found'],
  }),
};
