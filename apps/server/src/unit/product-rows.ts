import { fold, type Product } from '@almenara/events';
import { type Bound, columns, type Sql } from '../database/sql.ts';
import { type Change, type Journal, Rows } from './rows.ts';

const COLUMNS = `id, sku, name, barcode, amount::float8 AS amount, currency, stocked, version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;
/** Whether one is stocked stays as it was read until what is made of it is committed: that is changed FOR UPDATE. */
const HOLD = {
  name: 'hold products',
  text: `SELECT ${COLUMNS} FROM product WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE`,
};
const LOCK = {
  name: 'lock products',
  text: `SELECT ${COLUMNS} FROM product WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
};
const CODES = {
  name: 'read codes',
  text: `
    SELECT id, sku_key AS "skuKey", barcode_key AS "barcodeKey" FROM product
    WHERE sku_key = ANY($1::text[]) OR barcode_key = ANY($2::text[])`,
};
const INSERT = {
  name: 'insert products',
  text: `
    INSERT INTO product (id, sku, sku_key, name, barcode, barcode_key, amount, currency, stocked, version, created_at,
                         updated_at)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
                         $9::bool[], $10::int[], $11::timestamptz[], $12::timestamptz[])`,
};
/** Codes of before they were compared folded may share a key with a mark behind it, which they keep. */
const UPDATE = {
  name: 'update products',
  text: `
    UPDATE product SET sku = u.sku, name = u.name, barcode = u.barcode,
      sku_key = CASE WHEN u.sku = product.sku THEN product.sku_key ELSE u.sku_key END,
      barcode_key = CASE WHEN u.barcode = product.barcode THEN product.barcode_key ELSE u.barcode_key END,
      amount = u.amount, currency = u.currency, stocked = u.stocked, version = u.version, updated_at = u.updated_at
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
                $9::bool[], $10::int[], $11::timestamptz[])
      AS u (id, sku, sku_key, name, barcode, barcode_key, amount, currency, stocked, version, updated_at)
    WHERE product.id = u.id`,
};

interface ProductRow extends Omit<Product, 'unitPrice' | 'createdAt' | 'updatedAt'> {
  readonly amount: number;
  readonly currency: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const toProduct = ({ amount, currency, createdAt, updatedAt, ...row }: ProductRow): Product => ({
  ...row,
  unitPrice: { amount, currency },
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

const barcodeKey = ({ barcode }: Product): string | null => (barcode === null ? null : fold(barcode));

const FREE: Owner = { id: null };

/** Whose a code is. */
interface Owner {
  readonly id: string | null;
}

/** The products that a transaction holds, and whose the codes are that it asks for. */
export class ProductRows {
  private readonly rows: Rows<Product>;
  private readonly skus: Rows<Owner>;
  private readonly barcodes: Rows<Owner>;

  constructor(journal: Journal) {
    this.rows = new Rows('Product', journal);
    this.skus = new Rows('Sku', journal);
    this.barcodes = new Rows('Barcode', journal);
  }

  async load(sql: Sql, named: { readonly held: readonly string[]; readonly changed: readonly string[] }) {
    const changed = new Set(named.changed);
    const held = named.held.filter((id) => !changed.has(id));
    await Promise.all([this.read(sql, LOCK, named.changed), this.read(sql, HOLD, held)]);
  }

  async loadCodes(sql: Sql, skus: readonly string[], barcodes: readonly string[]): Promise<void> {
    if (skus.length + barcodes.length === 0) return;
    const rows = await sql.rows<{ id: string; skuKey: string; barcodeKey: string | null }>(CODES, [
      skus,
      barcodes,
    ]);
    for (const { id, skuKey, barcodeKey } of rows) {
      this.skus.hold(skuKey, { id });
      if (barcodeKey !== null) this.barcodes.hold(barcodeKey, { id });
    }
    for (const key of skus) this.skus.hold(key, FREE);
    for (const key of barcodes) this.barcodes.hold(key, FREE);
  }

  find(id: string): Product | null {
    return this.rows.get(id);
  }

  /** The product that has this sku, or this barcode, as they are compared. */
  ownerOf(code: { readonly sku: string } | { readonly barcode: string }): string | null {
    const owner = 'sku' in code ? this.skus.get(fold(code.sku)) : this.barcodes.get(fold(code.barcode));
    return owner?.id ?? null;
  }

  put(product: Product): void {
    const before = this.rows.isHeld(product.id) ? this.rows.get(product.id) : null;
    this.rows.put(product.id, product);
    this.recode(this.skus, product.id, before?.sku ?? null, product.sku);
    this.recode(this.barcodes, product.id, before?.barcode ?? null, product.barcode);
  }

  /** What a product gives up is free for the next command; what it keeps may be a key that another one has. */
  private recode(codes: Rows<Owner>, id: string, before: string | null, after: string | null): void {
    if (before === after) return;
    const key = before === null ? null : fold(before);
    if (key !== null && codes.isHeld(key) && codes.get(key)?.id === id) codes.put(key, FREE);
    if (after !== null) codes.put(fold(after), { id });
  }

  *writes(): Generator<Bound> {
    const changes = this.rows.changes();
    const changed = changes.filter(({ before }) => before !== null);
    if (changed.length > 0) yield update(changed);
    const made = changes.filter(({ before }) => before === null);
    // Sorted: two nodes that add the same codes wait for each other in one order.
    if (made.length > 0) yield insert(made.sort((a, b) => (a.after.sku < b.after.sku ? -1 : 1)));
  }

  private async read(sql: Sql, statement: typeof HOLD, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await sql.rows<ProductRow>(statement, [ids]);
    const found = new Map(rows.map((row) => [row.id, toProduct(row)]));
    for (const id of ids) this.rows.hold(id, found.get(id) ?? null);
  }
}

const FIELDS: readonly ((change: Change<Product>) => unknown)[] = [
  ({ after }) => after.id,
  ({ after }) => after.sku,
  ({ after }) => fold(after.sku),
  ({ after }) => after.name,
  ({ after }) => after.barcode,
  ({ after }) => barcodeKey(after),
  ({ after }) => after.unitPrice.amount,
  ({ after }) => after.unitPrice.currency,
  ({ after }) => after.stocked,
  ({ after }) => after.version,
];

const insert = (changes: readonly Change<Product>[]): Bound => ({
  statement: INSERT,
  values: columns(changes, [...FIELDS, ({ after }) => after.createdAt, ({ after }) => after.updatedAt]),
});

const update = (changes: readonly Change<Product>[]): Bound => ({
  statement: UPDATE,
  values: columns(changes, [...FIELDS, ({ after }) => after.updatedAt]),
});
