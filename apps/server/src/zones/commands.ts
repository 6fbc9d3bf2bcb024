import { fold, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { conflict, notFound } from '../errors.ts';
import { toZone } from './queries.ts';

export const zoneCommandHandlers: Pick<CommandHandlers, 'create_zone' | 'update_zone'> = {
  create_zone: async (tx, { code, name }) => {
    try {
      const row = await tx.db.zone.create({
        data: { id: tx.newId(), code, codeKey: fold(code), name, createdAt: tx.now, updatedAt: tx.now },
      });
      const zone = toZone(row);
      tx.record('zone_created', topicName('zones'), { zone });
      return { zone };
    } catch (error) {
      if (isUniqueViolation(error)) throw conflict(`There is a zone ${code} already.`, { code });
      throw error;
    }
  },

  update_zone: async (tx, { zoneId, expectedVersion, name }) => {
    await tx.db.$queryRaw`SELECT id FROM zone WHERE id = ${zoneId}::uuid FOR NO KEY UPDATE`;
    const before = await tx.db.zone.findUnique({ where: { id: zoneId } });
    if (!before) throw notFound('zone', zoneId);
    if (before.version !== expectedVersion) {
      throw conflict(`${before.code} was changed meanwhile: it is at version ${before.version}.`, {
        zone: toZone(before),
      });
    }
    const data = { name, version: { increment: 1 }, updatedAt: tx.now };
    const zone = toZone(await tx.db.zone.update({ where: { id: zoneId }, data }));
    tx.record('zone_updated', topicName('zones'), { zone });
    return { zone };
  },
};
