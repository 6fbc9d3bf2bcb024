import type { QueuedCommand } from '@almenara/client/queue';
import type { Cursor } from '@almenara/events';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

export interface KeptCursor {
  readonly user: string;
  readonly topic: string;
  readonly cursor: Cursor;
  /** The build that wrote it: another build's views may have other fields. */
  readonly build: string;
  /** In ms since 1970. */
  readonly savedAt: number;
  /** When it was followed last, to some hours, and about how large the view is. Not there in what older builds wrote. */
  readonly usedAt?: number;
  readonly bytes?: number;
}

export const usedAt = ({ usedAt: used, savedAt }: KeptCursor): number => used ?? savedAt;

/** What this browser keeps, all of it by user. */
interface Schema extends DBSchema {
  commands: { key: [user: string, commandId: string]; value: { user: string; command: QueuedCommand } };
  topics: { key: [user: string, topic: string]; value: { user: string; topic: string; view: unknown } };
  /** Where each of `topics` stands: read before a view is read or written, and much smaller. */
  cursors: { key: [user: string, topic: string]; value: KeptCursor };
  notes: { key: [user: string, name: string]; value: { user: string; name: string; value: unknown } };
}

export type KeptDatabase = IDBPDatabase<Schema>;

const NAME = 'almenara';

/** Null where the browser keeps nothing for us: a private window of some, a full disk, a policy. */
export async function openKeptDatabase(): Promise<KeptDatabase | null> {
  if (typeof indexedDB === 'undefined') return null;
  try {
    return await openDB<Schema>(NAME, 1, {
      upgrade: (db) => {
        db.createObjectStore('commands', { keyPath: ['user', 'command.commandId'] });
        db.createObjectStore('topics', { keyPath: ['user', 'topic'] });
        db.createObjectStore('cursors', { keyPath: ['user', 'topic'] });
        db.createObjectStore('notes', { keyPath: ['user', 'name'] });
      },
      // A tab with a newer build wants to upgrade the database: this page closes it, and goes on without.
      blocking: (_from, _to, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
      },
    });
  } catch {
    return null;
  }
}

/** Every key that begins with `user`. */
export const ofUser = (user: string): IDBKeyRange => IDBKeyRange.bound([user], [user, []]);

/** Whether commands of the user wait here from another time. Never rejects. */
export const hasCommands = (db: KeptDatabase, user: string): Promise<boolean> =>
  db.count('commands', ofUser(user)).then(
    (count) => count > 0,
    () => false,
  );

/** All that is known of the user goes, but for commands that have not been sent: those are only theirs to give up. */
export async function forgetUser(db: KeptDatabase, user: string): Promise<void> {
  const tx = db.transaction(['topics', 'cursors', 'notes'], 'readwrite');
  await Promise.all([
    tx.objectStore('topics').delete(ofUser(user)),
    tx.objectStore('cursors').delete(ofUser(user)),
    tx.objectStore('notes').delete(ofUser(user)),
    tx.done,
  ]);
}
