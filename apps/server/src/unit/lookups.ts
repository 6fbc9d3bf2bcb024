import type { Sql } from '../database/sql.ts';
import { Contention } from './rows.ts';

const ZONES = { name: 'read zones', text: 'SELECT code FROM zone WHERE code = ANY($1::text[])' };
const HOMES = {
  name: 'read homes',
  text: `
    SELECT p.id AS "productId", coalesce(
      (SELECT l.zone FROM stock_level l WHERE l.product_id = p.id ORDER BY l.on_hand DESC, l.zone LIMIT 1),
      (SELECT code FROM zone ORDER BY code LIMIT 1)) AS zone
    FROM unnest($1::uuid[]) AS p (id)`,
};
const USERS = {
  name: 'read users',
  text: `SELECT id, name, coalesce(banned, false) AS banned FROM "user" WHERE id = ANY($1::text[])`,
};

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly banned: boolean;
}

/** What commands look at and never change. */
export class Lookups {
  private readonly zones = new Map<string, boolean>();
  private readonly homes = new Map<string, string | null>();
  private readonly users = new Map<string, UserRow | null>();

  async loadZones(sql: Sql, codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return;
    const rows = await sql.rows<{ code: string }>(ZONES, [codes]);
    const found = new Set(rows.map(({ code }) => code));
    for (const code of codes) this.zones.set(code, found.has(code));
  }

  async loadHomes(sql: Sql, productIds: readonly string[]): Promise<void> {
    if (productIds.length === 0) return;
    const rows = await sql.rows<{ productId: string; zone: string | null }>(HOMES, [productIds]);
    for (const { productId, zone } of rows) this.homes.set(productId, zone);
  }

  async loadUsers(sql: Sql, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await sql.rows<UserRow>(USERS, [ids]);
    for (const id of ids) this.users.set(id, null);
    for (const row of rows) this.users.set(row.id, row);
  }

  hasZone(code: string): boolean {
    return read(this.zones, 'zone', code);
  }

  /** Where most of a product is, else the first zone; null where there is no zone. */
  homeOf(productId: string): string | null {
    return read(this.homes, 'home of', productId);
  }

  user(id: string): UserRow | null {
    return read(this.users, 'user', id);
  }
}

function read<V>(found: ReadonlyMap<string, V>, what: string, key: string): V {
  const value = found.get(key);
  if (value === undefined) throw new Contention(`The ${what} ${key} was not read.`);
  return value;
}
