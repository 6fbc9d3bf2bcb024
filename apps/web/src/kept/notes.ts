import type { z } from 'zod';
import type { KeptDatabase } from './database.ts';

/** Small things that are kept of a user, as the names of colleagues. What cannot be read is as if it were not there. */
export interface Notes {
  read<S extends z.ZodType>(name: string, schema: S): Promise<z.output<S> | null>;
  write(name: string, value: unknown): Promise<void>;
}

export const createNotes = (db: KeptDatabase | null, user: string): Notes => ({
  read: async (name, schema) => {
    const row = await db?.get('notes', [user, name]).catch(() => undefined);
    return schema.safeParse(row?.value).data ?? null;
  },
  // Without it the next start without network shows less; nothing is lost.
  write: async (name, value) => void (await db?.put('notes', { user, name, value }).catch(() => undefined)),
});
