import { line, Role } from '@almenara/events';
import { z } from 'zod';
import type { Db } from '../database/client.ts';
import { notFound } from '../errors.ts';
import type { Accounts } from './accounts.ts';
import { keyPermissions, keyRole } from './authenticate.ts';

export const KeyInput = z.strictObject({
  name: line(32),
  role: Role,
  /** Days until it ends by itself; none: never. */
  expiresInDays: z.int().min(1).max(3650).optional(),
});

export interface KeyInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The first characters, to tell keys apart. */
  readonly start: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
}

/** Only a hash is stored: `key` is to be had here and never again. */
export async function createKey(
  accounts: Accounts,
  db: Db,
  ownerId: string,
  input: z.output<typeof KeyInput>,
): Promise<KeyInfo & { key: string }> {
  const { id, key } = await accounts.api.createApiKey({
    body: {
      name: input.name,
      userId: ownerId,
      permissions: keyPermissions(input.role),
      ...(input.expiresInDays !== undefined && { expiresIn: input.expiresInDays * 86_400 }),
    },
  });
  const row = await db.apikey.findUniqueOrThrow({ where: { id } });
  return { ...toKeyInfo(row), key };
}

export async function listKeys(db: Db): Promise<KeyInfo[]> {
  const rows = await db.apikey.findMany({ orderBy: { createdAt: 'desc' } });
  return rows.map(toKeyInfo);
}

/** Resolves when the key is gone; the caller has connections that used it rechecked. */
export async function deleteKey(db: Db, id: string): Promise<void> {
  const { count } = await db.apikey.deleteMany({ where: { id } });
  if (count === 0) throw notFound('key', id);
}

const toKeyInfo = (row: Awaited<ReturnType<Db['apikey']['findUniqueOrThrow']>>): KeyInfo => ({
  id: row.id,
  name: row.name ?? '',
  role: keyRole(row.permissions),
  start: row.start ?? '',
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastRequest?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});
