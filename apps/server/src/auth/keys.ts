import type { Key, KeyInput } from '@almenara/events';
import type { z } from 'zod';
import type { Db } from '../database/client.ts';
import { notFound } from '../errors.ts';
import type { Accounts } from './accounts.ts';
import { keyPermissions, keyRole } from './key-role.ts';

/** Only a hash is stored: `key` is to be had here and never again. */
export async function createKey(
  accounts: Accounts,
  db: Db,
  ownerId: string,
  input: z.output<typeof KeyInput>,
): Promise<Key & { key: string }> {
  const { id, key } = await accounts.api.createApiKey({
    body: {
      name: input.name,
      userId: ownerId,
      permissions: keyPermissions(input.role),
      ...(input.expiresInDays !== undefined && { expiresIn: input.expiresInDays * 86_400 }),
    },
  });
  const row = await db.apikey.findUniqueOrThrow({ where: { id } });
  return { ...toKey(row), key };
}

/** Resolves to what the key was when it is gone; the caller has connections that used it rechecked. */
export async function deleteKey(db: Db, id: string): Promise<Key> {
  const row = await db.apikey.findUnique({ where: { id } });
  const { count } = await db.apikey.deleteMany({ where: { id } });
  if (!row || count === 0) throw notFound('key', id);
  return toKey(row);
}

export const toKey = (row: Awaited<ReturnType<Db['apikey']['findUniqueOrThrow']>>): Key => ({
  id: row.id,
  name: row.name ?? '',
  role: keyRole(row.permissions),
  start: row.start ?? '',
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastRequest?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});
