import { changed, type QueueStore } from '@almenara/client/queue';
import { type KeptDatabase, ofUser, openKeptDatabase } from './database.ts';

/** One user's queue in this browser; a transaction at a time, over all tabs. */
export function keptQueueStore(opened: KeptDatabase, user: string): QueueStore {
  let current = opened;
  /** Opens the database once more where the browser has closed it, as it does to pages that slept. */
  const using = async <T>(work: (db: KeptDatabase) => Promise<T>): Promise<T> => {
    try {
      return await work(current);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error;
      const again = await openKeptDatabase();
      if (!again) throw error;
      current = again;
      return work(again);
    }
  };
  const sorted = (rows: Awaited<ReturnType<typeof opened.getAll<'commands'>>>) =>
    changed(
      rows.map(({ command }) => command),
      {},
    );
  return {
    all: () => using(async (db) => sorted(await db.getAll('commands', ofUser(user)))),
    change: (decide) =>
      using(async (db) => {
        const tx = db.transaction('commands', 'readwrite', { durability: 'strict' });
        const all = sorted(await tx.store.getAll(ofUser(user)));
        const change = decide(all);
        await Promise.all([
          ...(change.remove ?? []).map((commandId) => tx.store.delete([user, commandId])),
          ...(change.put ?? []).map((command) => tx.store.put({ user, command })),
          tx.done,
        ]);
        return changed(all, change);
      }),
  };
}
