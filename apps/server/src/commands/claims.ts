import { type Bound, columns, type Sql } from '../database/sql.ts';

/** Who runs which command, and with what: the first to write it down runs it. */
export interface Claim {
  /** A user's id, or what stands for the system. */
  readonly owner: string;
  readonly commandId: string;
  readonly name: string;
  readonly inputHash: string;
}

export const claimKey = ({ owner, commandId }: Pick<Claim, 'owner' | 'commandId'>): string =>
  `${owner} ${commandId}`;

/** A duplicate in another transaction waits here until the first has come to its end. */
const CLAIM = {
  name: 'claim',
  text: `
    INSERT INTO command (user_id, command_id, name, input_hash, at, outcome)
    SELECT owner, command_id, name, input_hash, $5::timestamptz, outcome::jsonb
    FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $6::text[])
      AS c (owner, command_id, name, input_hash, outcome)
    ORDER BY owner, command_id
    ON CONFLICT DO NOTHING
    RETURNING user_id AS owner, command_id AS "commandId"`,
};
const FIRSTS = {
  name: 'read first outcomes',
  text: `
    SELECT c.user_id AS owner, c.command_id AS "commandId", c.name, c.input_hash AS "inputHash", c.outcome
    FROM command c JOIN unnest($1::text[], $2::uuid[]) AS k (owner, command_id)
      ON c.user_id = k.owner AND c.command_id = k.command_id`,
};
const UNCLAIM = {
  name: 'unclaim',
  text: `
    DELETE FROM command c USING unnest($1::text[], $2::uuid[]) AS k (owner, command_id)
    WHERE c.user_id = k.owner AND c.command_id = k.command_id`,
};

const keysOf = (claims: readonly Claim[]): unknown[][] =>
  columns(claims, [({ owner }) => owner, ({ commandId }) => commandId]);

/**
 * @param outcome what they came to, where that is known already
 * @returns the keys of those that are claimed now: they were not there before
 */
export async function claim(
  sql: Sql,
  claims: readonly Claim[],
  at: Date,
  outcome: unknown = null,
): Promise<ReadonlySet<string>> {
  const [owners, ids] = keysOf(claims);
  const rows = await sql.rows<Pick<Claim, 'owner' | 'commandId'>>(CLAIM, [
    owners,
    ids,
    claims.map(({ name }) => name),
    claims.map(({ inputHash }) => inputHash),
    at.toISOString(),
    claims.map(() => (outcome === null ? null : JSON.stringify(outcome))),
  ]);
  return new Set(rows.map(claimKey));
}

export interface First extends Claim {
  readonly outcome: unknown;
}

/** What others came to that were claimed before, by key. */
export async function readFirsts(sql: Sql, claims: readonly Claim[]): Promise<Map<string, First>> {
  const rows = await sql.rows<First>(FIRSTS, keysOf(claims));
  return new Map(rows.map((row) => [claimKey(row), row]));
}

/** Of commands that come to no outcome here: none commits without one. */
export const unclaiming = (claims: readonly Claim[]): Bound => ({
  statement: UNCLAIM,
  values: keysOf(claims),
});
