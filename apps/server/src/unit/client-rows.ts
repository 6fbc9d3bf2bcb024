import type { Client } from '@almenara/events';
import { type Bound, columns, type Sql } from '../database/sql.ts';
import { type Change, type Journal, Rows } from './rows.ts';

const COLUMNS = `id, name, email, phone, country, notes, archived, merged_into AS "mergedInto", version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;
/** An order that is written for a client is not left behind by a merge, which locks to change a key. */
const HOLD = {
  name: 'hold clients',
  text: `SELECT ${COLUMNS} FROM client WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE`,
};
const LOCK = {
  name: 'lock clients',
  text: `SELECT ${COLUMNS} FROM client WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};
const TAKEN = { name: 'read client ids', text: 'SELECT id FROM client WHERE id = ANY($1::uuid[])' };
const INSERT = {
  name: 'insert clients',
  text: `
    INSERT INTO client (id, name, email, phone, country, notes, archived, version, created_at, updated_at)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::int[],
                         $9::timestamptz[], $10::timestamptz[])`,
};
const UPDATE = {
  name: 'update clients',
  text: `
    UPDATE client SET name = u.name, email = u.email, phone = u.phone, country = u.country, notes = u.notes,
      archived = u.archived, merged_into = u.merged_into, version = u.version, updated_at = u.updated_at
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::uuid[],
                $9::int[], $10::timestamptz[])
      AS u (id, name, email, phone, country, notes, archived, merged_into, version, updated_at)
    WHERE client.id = u.id`,
};

export type ClientRow = Omit<Client, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export const toClient = ({ createdAt, updatedAt, ...row }: ClientRow): Client => ({
  ...row,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** The clients that a transaction holds. */
export class ClientRows {
  private readonly rows: Rows<Client>;

  constructor(journal: Journal) {
    this.rows = new Rows('Client', journal);
  }

  async load(sql: Sql, named: { readonly held: readonly string[]; readonly changed: readonly string[] }) {
    const changed = new Set(named.changed);
    const held = named.held.filter((id) => !changed.has(id));
    await Promise.all([this.read(sql, LOCK, named.changed), this.follow(sql, held)]);
  }

  /** Which of these ids clients have already. */
  async loadTaken(sql: Sql, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    this.rows.look(ids, await sql.rows<{ id: string }>(TAKEN, [ids]));
  }

  isTaken(id: string): boolean {
    return this.rows.isTaken(id);
  }

  /** The client that this one is now: itself, or the one that it was merged into. Null where there is none. */
  current(id: string): Client | null {
    let client = this.rows.get(id);
    while (client !== null && client.mergedInto !== null) client = this.rows.get(client.mergedInto);
    return client;
  }

  find(id: string): Client | null {
    return this.rows.get(id);
  }

  put(client: Client): void {
    this.rows.put(client.id, client);
  }

  *writes(): Generator<Bound> {
    const changes = this.rows.changes();
    const changed = changes.filter(({ before }) => before !== null);
    if (changed.length > 0) yield update(changed);
    const made = changes.filter(({ before }) => before === null);
    if (made.length > 0) yield insert(made);
  }

  /** Those that were merged lead to others, which are read, too. */
  private async follow(sql: Sql, ids: readonly string[]): Promise<void> {
    let asked = ids;
    while (asked.length > 0) {
      const next = (await this.read(sql, HOLD, asked)).flatMap(({ mergedInto }) => mergedInto ?? []);
      asked = [...new Set(next)].filter((id) => !this.rows.isHeld(id)).sort();
    }
  }

  private async read(sql: Sql, statement: typeof HOLD, ids: readonly string[]): Promise<ClientRow[]> {
    if (ids.length === 0) return [];
    const rows = await sql.rows<ClientRow>(statement, [ids]);
    const found = new Map(rows.map((row) => [row.id, toClient(row)]));
    for (const id of ids) this.rows.hold(id, found.get(id) ?? null);
    return rows;
  }
}

const FIELDS: readonly ((change: Change<Client>) => unknown)[] = [
  ({ after }) => after.id,
  ({ after }) => after.name,
  ({ after }) => after.email,
  ({ after }) => after.phone,
  ({ after }) => after.country,
  ({ after }) => after.notes,
  ({ after }) => after.archived,
];

const insert = (changes: readonly Change<Client>[]): Bound => ({
  statement: INSERT,
  values: columns(changes, [
    ...FIELDS,
    ({ after }) => after.version,
    ({ after }) => after.createdAt,
    ({ after }) => after.updatedAt,
  ]),
});

const update = (changes: readonly Change<Client>[]): Bound => ({
  statement: UPDATE,
  values: columns(changes, [
    ...FIELDS,
    ({ after }) => after.mergedInto,
    ({ after }) => after.version,
    ({ after }) => after.updatedAt,
  ]),
});
