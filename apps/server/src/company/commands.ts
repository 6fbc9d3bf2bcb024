import { LATE_AFTER_HOURS, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import { conflict, invalid } from '../errors.ts';
import { toCompany } from './queries.ts';

export const companyCommandHandlers: Pick<CommandHandlers, 'update_company'> = {
  update_company: async (tx, { expectedVersion, ...input }) => {
    // There may be no row yet to lock: two who name it at once come one after the other.
    await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('almenara company'))`;
    const before = await tx.db.company.findUnique({ where: { id: 1 } });
    const version = before?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== version) {
      throw conflict(`The company was changed meanwhile: it is at version ${version}.`, {
        company: before && toCompany(before),
      });
    }
    const name = input.name ?? before?.name;
    const currency = input.currency ?? before?.currency;
    if (name === undefined) throw invalid('The company has no name yet: give one.', 'name');
    if (currency === undefined) throw invalid('The company has no currency yet: give one.', 'currency');
    const row = {
      name,
      currency,
      lateAfterHours: input.lateAfterHours ?? before?.lateAfterHours ?? LATE_AFTER_HOURS,
      version: version + 1,
      updatedAt: tx.now,
    };
    const company = toCompany(await tx.db.company.upsert({ where: { id: 1 }, create: row, update: row }));
    tx.record('company_updated', topicName('company'), { company });
    return { company };
  },
};
