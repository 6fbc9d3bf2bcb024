import type { Company } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { Company as CompanyRow } from '../database/generated/client.ts';

export const toCompany = (row: CompanyRow): Company => ({
  name: row.name,
  currency: row.currency,
  lateAfterHours: row.lateAfterHours,
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});

export async function loadCompany(tx: Tx): Promise<{ company: Company | null }> {
  const row = await tx.company.findUnique({ where: { id: 1 } });
  return { company: row && toCompany(row) };
}
