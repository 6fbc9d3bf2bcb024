import { type SavedView, topicName, VIEWS_PER_USER } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { conflict, notFound } from '../errors.ts';

export const viewCommandHandlers: Pick<CommandHandlers, 'save_view' | 'delete_view'> = {
  save_view: async (tx, { viewId, page, name, search }, { userId }) => {
    // One user's commands on views wait for each other, so that two cannot both be the last that fits.
    await tx.db.$executeRaw`SELECT 1 FROM "user" WHERE id = ${userId} FOR UPDATE`;
    const own = await tx.db.savedView.findMany({ where: { userId }, select: { id: true, createdAt: true } });
    const before = own.find(({ id }) => id === viewId);
    if (!before && own.length >= VIEWS_PER_USER)
      throw conflict(`You have ${VIEWS_PER_USER} saved views. Delete one first.`);
    const view: SavedView = {
      id: viewId ?? tx.newId(),
      page,
      name,
      search,
      createdAt: (before?.createdAt ?? tx.now).toISOString(),
      updatedAt: tx.now.toISOString(),
    };
    const row = { page, name, search, updatedAt: tx.now };
    if (before) {
      await tx.db.savedView.update({ where: { id: view.id }, data: row });
    } else {
      try {
        await tx.db.savedView.create({ data: { ...row, id: view.id, userId, createdAt: tx.now } });
      } catch (error) {
        // Somebody else's: whose and what is not said.
        if (isUniqueViolation(error)) throw conflict(`The id ${view.id} is taken.`);
        throw error;
      }
    }
    tx.record('view_saved', topicName('views', { id: userId }), { view });
    return { view };
  },

  delete_view: async (tx, { viewId }, { userId }) => {
    const { count } = await tx.db.savedView.deleteMany({ where: { id: viewId, userId } });
    if (count === 0) throw notFound('view', viewId);
    tx.record('view_deleted', topicName('views', { id: userId }), { viewId });
    return { viewId };
  },
};
