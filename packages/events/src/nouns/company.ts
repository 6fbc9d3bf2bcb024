import { z } from 'zod';
import { defineCommand, defineEvent } from '../base/define.ts';
import { OFFLINE } from '../base/offline.ts';
import { Currency, Timestamp, Version } from '../base/primitives.ts';
import { ADMINS } from '../base/roles.ts';
import { line, storedLine } from '../base/text.ts';

const LateAfterHours = z.int().min(1).max(720);

/** Whose desk this is. */
export const Company = z.object({
  name: storedLine(100),
  /** What new products are priced in where no product says better. */
  currency: Currency,
  /** An open order older than this many hours is late. */
  lateAfterHours: LateAfterHours,
  version: Version,
  updatedAt: Timestamp,
});
export type Company = z.infer<typeof Company>;

const CompanyResult = z.object({ company: Company });

export const companyEvents = {
  company_updated: defineEvent('company_updated', 'The company was named or changed.', CompanyResult),
};

export const companyCommands = {
  update_company: defineCommand({
    name: 'update_company',
    summary:
      'Say whose desk this is. The first time takes a name and a currency; later what is left out stays as it is.',
    input: z.strictObject({
      expectedVersion: Version.optional(),
      name: line(100).optional(),
      currency: Currency.optional(),
      lateAfterHours: LateAfterHours.optional(),
    }),
    output: CompanyResult,
    roles: ADMINS,
    errors: ['conflict'],
    http: { method: 'PATCH', path: '/api/company', status: 200 },
    offline: OFFLINE.update_company,
  }),
};

export const companySnapshot = z.object({ company: Company.nullable() });
