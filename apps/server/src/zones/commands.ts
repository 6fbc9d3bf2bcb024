import { topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { conflict } from '../errors.ts';
import { toZone } from './queries.ts';

export const zoneCommandHandlers: Pick<CommandHandlers, 'create_zone'> = {
  create_zone: async (tx, { code, name }) => {
    try {
      const row = await tx.db.zone.create({
        data: { id: tx.newId(), code, name, createdAt: tx.now, updatedAt: tx.now },
      });
      const zone = toZone(row);
      tx.record('zone_created', topicName('zones'), { zone });
      return { zone };
    } catch (error) {
      if (isUniqueViolation(error)) throw conflict(`There is a zone ${code} already.`, { code });
      throw error;
    }
  },
};
