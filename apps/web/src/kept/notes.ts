import type { KeptDatabase } from './database.ts';

/** Small things that are kept of a user, as the names of colleagues. What cannot be read is as if it were not there. */
export interface Notes {
  /** `parse` gives null for what another build wrote and this one cannot read. */
  read<T>(name: string, parse: (value: unknown) => T | null): Promise<T | null>;
  write(name: string, value: unknown): Promise<void>;
}

export const createNotes = (db: KeptDatabase | null, user: string): Notes => ({
  read: async (name, parse) =>
    parse((await db?.get('notes', [user, name]).catch(() => undefined))?.value ?? null),
  // A failure is ignored: the next start without network then shows less, but nothing is lost.
  write: async (name, value) => void (await db?.put('notes', { user, name, value }).catch(() => undefined)),
});
