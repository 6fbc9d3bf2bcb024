import type { CountEntry } from '@almenara/events';
import { type Bound, columns, type Sql } from '../database/sql.ts';
import { type Journal, Rows } from './rows.ts';

/** Whoever records or ends a count holds its row: what is finished is what was recorded before. */
const LOCK = {
  name: 'lock counts',
  text: `
    SELECT id, zone, started_by AS "startedBy", started_at AS "startedAt", total, outcome, closed_by AS "closedBy",
           closed_at AS "closedAt", counted, changed, overtaken
    FROM stock_count WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};
const ENTRIES = {
  name: 'read entries',
  text: `
    SELECT e.count_id AS "countId", e.product_id AS "productId", e.counted, e.expected, e.corrections,
           e.user_id AS "userId", e.at
    FROM stock_count_entry e
    JOIN unnest($1::uuid[], $2::uuid[]) AS k (count_id, product_id)
      ON e.count_id = k.count_id AND e.product_id = k.product_id`,
};
const SIZES = {
  name: 'count entries',
  text: `SELECT count_id AS "countId", count(*)::int AS n FROM stock_count_entry
         WHERE count_id = ANY($1::uuid[]) GROUP BY count_id`,
};
const CORRECTIONS = {
  name: 'count corrections',
  text: `
    SELECT m.zone, m.product_id AS "productId", count(*)::int AS n
    FROM stock_movement m JOIN unnest($1::text[], $2::uuid[]) AS p (zone, product_id)
      ON m.zone = p.zone AND m.product_id = p.product_id
    WHERE m.kind IN ('count', 'shortage') GROUP BY m.zone, m.product_id`,
};
const UPSERT = {
  name: 'upsert entries',
  text: `
    INSERT INTO stock_count_entry (count_id, product_id, counted, expected, corrections, user_id, at)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[], $6::text[], $7::timestamptz[])
    ON CONFLICT (count_id, product_id) DO UPDATE SET counted = excluded.counted, expected = excluded.expected,
      corrections = excluded.corrections, user_id = excluded.user_id, at = excluded.at`,
};
const DELETE = {
  name: 'delete entries',
  text: `
    DELETE FROM stock_count_entry e USING unnest($1::uuid[], $2::uuid[]) AS k (count_id, product_id)
    WHERE e.count_id = k.count_id AND e.product_id = k.product_id`,
};

/** A row of `stock_count`. */
export interface CountRow {
  readonly id: string;
  readonly zone: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly total: number;
  readonly outcome: string | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly counted: number;
  readonly changed: number;
  readonly overtaken: string[];
}

/** What was recorded of a product, and how often its level had been set right by then. */
export interface CountedRow {
  readonly entry: CountEntry | null;
  readonly corrections: number;
}

interface Key {
  readonly countId: string;
  readonly productId: string;
}
type EntryRow = Key & Omit<CountEntry, 'at'> & { readonly corrections: number; readonly at: Date };

const keyOf = ({ countId, productId }: Key): string => `${countId} ${productId}`;

/** The counts that a transaction holds, with the entries that it names. */
export class CountRows {
  private readonly counts: Rows<CountRow>;
  private readonly entries: Rows<CountedRow & Key>;
  private readonly sizes: Rows<number>;
  private readonly corrections = new Map<string, number>();

  constructor(journal: Journal) {
    this.counts = new Rows('Count', journal);
    this.entries = new Rows('Entry', journal);
    this.sizes = new Rows('Size', journal);
  }

  async load(sql: Sql, keys: readonly Key[]): Promise<void> {
    if (keys.length === 0) return;
    const ids = [...new Set(keys.map(({ countId }) => countId))].sort();
    const [counts, entries, sizes] = await Promise.all([
      sql.rows<CountRow>(LOCK, [ids]),
      sql.rows<EntryRow>(ENTRIES, columns(keys, [(key) => key.countId, (key) => key.productId])),
      sql.rows<{ countId: string; n: number }>(SIZES, [ids]),
    ]);
    for (const row of counts) this.counts.hold(row.id, row);
    for (const { countId, corrections, at, ...entry } of entries) {
      const key = { countId, productId: entry.productId };
      this.entries.hold(keyOf(key), { ...key, entry: { ...entry, at: at.toISOString() }, corrections });
    }
    for (const { countId, n } of sizes) this.sizes.hold(countId, n);
    for (const id of ids) {
      this.counts.hold(id, null);
      this.sizes.hold(id, 0);
    }
    for (const key of keys) this.entries.hold(keyOf(key), null);
  }

  /** How often levels had been counted or found short; they are locked. */
  async loadCorrections(sql: Sql): Promise<void> {
    const places = [...this.entriesNamed()];
    if (places.length === 0) return;
    const rows = await sql.rows<{ zone: string; productId: string; n: number }>(
      CORRECTIONS,
      columns(places, [(place) => place.zone, (place) => place.productId]),
    );
    for (const { zone, productId, n } of rows) this.corrections.set(`${zone} ${productId}`, n);
  }

  find(id: string): CountRow | null {
    return this.counts.get(id);
  }

  sizeOf(id: string): number {
    return this.sizes.get(id) ?? 0;
  }

  entry(key: Key): CountEntry | null {
    return this.entries.get(keyOf(key))?.entry ?? null;
  }

  correctionsOf(zone: string, productId: string): number {
    return this.corrections.get(`${zone} ${productId}`) ?? 0;
  }

  /** Null takes what was recorded back. */
  put(key: Key, row: CountedRow): void {
    const change = Number(row.entry !== null) - Number(this.entry(key) !== null);
    this.sizes.put(key.countId, this.sizeOf(key.countId) + change);
    this.entries.put(keyOf(key), { ...key, ...row });
  }

  *writes(): Generator<Bound> {
    const rows = this.entries.changes().map(({ after }) => after);
    const gone = rows.filter(({ entry }) => entry === null);
    if (gone.length > 0)
      yield { statement: DELETE, values: columns(gone, [(row) => row.countId, (row) => row.productId]) };
    const there = rows.flatMap((row) => (row.entry === null ? [] : [{ ...row, ...row.entry }]));
    if (there.length > 0)
      yield {
        statement: UPSERT,
        values: columns(there, [
          (row) => row.countId,
          (row) => row.productId,
          (row) => row.counted,
          (row) => row.expected,
          (row) => row.corrections,
          (row) => row.userId,
          (row) => row.at,
        ]),
      };
  }

  private *entriesNamed(): Generator<{ zone: string; productId: string }> {
    for (const key of this.entries.keys()) {
      const [countId = '', productId = ''] = key.split(' ');
      const count = this.counts.get(countId);
      if (count) yield { zone: count.zone, productId };
    }
  }
}
