import { changed, type QueueStore } from '@almenara/client';
import { type KeptDatabase, ofUser } from './database.ts';

/** One user's queue in this browser; a transaction at a time, over all tabs. */
export function keptQueueStore(db: KeptDatabase, user: string): QueueStore {
  const sorted = (rows: Awaited<ReturnType<typeof db.getAll<'commands'>>>) =>
    changed(
      rows.map(({ command }) => command),
      {},
    );
  return {
    all: async () => sorted(await db.getAll('commands', ofUser(user))),
    change: async (decide) => {
      const tx = db.transaction('commands', 'readwrite', { durability: 'strict' });
      const all = sorted(await tx.store.getAll(ofUser(user)));
      const change = decide(all);
      await Promise.all([
        ...(change.remove ?? []).map((commandId) => tx.store.delete([user, commandId])),
        ...(change.put ?? []).map((command) => tx.store.put({ user, command })),
        tx.done,
      ]);
      return changed(all, change);
    },
  };
}
