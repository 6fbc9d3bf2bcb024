import { line } from '@almenara/events';
import { z } from 'zod';
import type { Db } from '../database/client.ts';
import { conflict } from '../errors.ts';
import { type Accounts, MIN_PASSWORD } from './accounts.ts';

export const SetupInput = z.strictObject({
  name: line(100),
  email: z.email().max(254),
  password: z.string().min(MIN_PASSWORD).max(128),
});

/** A desk without accounts waits for its administrator to be made in the browser. */
export const needsSetup = async (db: Db): Promise<boolean> => (await db.user.count()) === 0;

/** Makes the first account. Of two who try at once, one gets `conflict`. */
export async function createAdministrator(
  accounts: Accounts,
  db: Db,
  input: z.output<typeof SetupInput>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('almenara setup'))`;
    if ((await tx.user.count()) > 0) throw conflict('This desk has its administrator already. Sign in.');
    await accounts.api.createUser({ body: { ...input, role: 'admin' } });
  });
}
