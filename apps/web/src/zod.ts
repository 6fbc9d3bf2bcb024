import type { core } from 'zod';

/**
 * Our content security policy has no eval, and zod would try it. Said where zod looks for its settings, as zod itself
 * comes with the first form, after this and before any schema.
 */
const settings: core.$ZodConfig = { jitless: true };
Object.assign(globalThis, { __zod_globalConfig: settings });
