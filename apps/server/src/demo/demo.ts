import type { Actor, Role } from '@almenara/events';
import type { createAccounts } from '../auth/accounts.ts';
import type { CommandBus } from '../commands/bus.ts';
import type { Database } from '../database/client.ts';
import { addSampleGoods } from './sample-goods.ts';

const DEMO_COMPANY = { name: 'Almacenes Robles', currency: 'EUR' };
/** Always the same: two servers that start at once name the company once. */
const COMPANY_COMMAND = '0d2f8a3e-5a51-5c0b-9a39-7f3c2b1d6e54';
export const DEMO_PASSWORD = 'almenara-demo';
export const DEMO_ACCOUNTS: readonly { email: string; name: string; role: Role }[] = [
  { email: 'admin@demo.test', name: 'Inés Robles', role: 'admin' },
  { email: 'operator@demo.test', name: 'Tomás Vidal', role: 'operator' },
  { email: 'viewer@demo.test', name: 'Nora Quint', role: 'viewer' },
];

/** What a demo is made with. */
interface Desk {
  readonly accounts: ReturnType<typeof createAccounts>;
  readonly bus: CommandBus;
  readonly database: Database;
}

/**
 * Fills a desk that has no goods and no accounts with made-up ones.
 * @returns whether the demo accounts exist
 */
export async function offerDemo({ accounts, bus, database }: Desk): Promise<boolean> {
  const users = await database.accounts.user.findMany();
  const isDemo = users.some((user) => user.email === DEMO_ACCOUNTS[0]?.email);
  if (users.length > 0 && !isDemo) return false;
  for (const account of DEMO_ACCOUNTS) {
    if (users.some((user) => user.email === account.email)) continue;
    await accounts.api.createUser({ body: { ...account, password: DEMO_PASSWORD } });
  }
  const admin = await database.accounts.user.findUniqueOrThrow({ where: { email: 'admin@demo.test' } });
  const company = await database.reader.company.findUnique({ where: { id: 1 } });
  const actor: Actor = { userId: admin.id, role: 'admin' };
  if (company === null) {
    const named = await bus.run(actor, 'update_company', DEMO_COMPANY, COMPANY_COMMAND);
    if (!named.ok) throw new Error(`The demo company could not be named: ${named.error.message}`);
  }
  await addSampleGoods({ bus, db: database.reader }, actor);
  return true;
}
