import type { SavedView } from '@almenara/events';
import type { Tx } from '../database/client.ts';

/** The state of topic `views:{id}`. */
export async function loadViews(tx: Tx, userId: string): Promise<Map<string, SavedView>> {
  const rows = await tx.savedView.findMany({ where: { userId } });
  return new Map(
    rows.map(({ id, page, name, search, createdAt, updatedAt }) => [
      id,
      {
        id,
        page,
        name,
        search,
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
      },
    ]),
  );
}
