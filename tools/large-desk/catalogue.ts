import type { Step } from './step.ts';

/** Zones, products and clients, each with the events that made it what it is; some were changed or put away since. */
export const catalogue = ({
  zones,
  products,
  clients,
}: {
  zones: number;
  products: number;
  clients: number;
}): Step[] => [
  {
    name: 'zones',
    sql: `
      CREATE TEMP TABLE z ON COMMIT DROP AS
      SELECT i AS z, ld_id(1, i) AS id, chr(65 + (i - 1) / 10) || ((i - 1) % 10 + 1) AS code,
             ld_good(i, 1) AS name, ld_start() AS at FROM generate_series(1, ${zones}) i;
      INSERT INTO zone (id, code, code_key, name, version, created_at, updated_at)
      SELECT id, code, fold_text(code), name, 1, at, at FROM z;
      CREATE TEMP TABLE log_zones ON COMMIT DROP AS
      SELECT z AS seq, 'zone_created' AS type, at, jsonb_build_object('zone', jsonb_build_object(
        'id', id, 'code', code, 'name', name, 'version', 1, 'createdAt', ld_moment(at), 'updatedAt', ld_moment(at))) AS data
      FROM z`,
  },
  {
    name: 'products',
    sql: `
      CREATE TEMP TABLE p ON COMMIT DROP AS
      SELECT i AS p, ld_id(2, i) AS id, chr(65 + i % 26) || chr(65 + i / 26 % 26) || '-' || lpad(i::text, 6, '0') AS sku,
             ld_good(i, 2) || ' ' || ld_kind(i, 3) || ' ' || i AS name,
             CASE WHEN i % 5 > 0 THEN '84' || lpad(i::text, 11, '0') END AS barcode, 50 + ld_pick(i, 4, 20000) AS amount,
             1 + (i % 20 = 0)::int AS version, ld_start() + i * interval '1 ms' AS at,
             ld_start() + i * interval '1 ms' + (i % 20 = 0)::int * interval '20 days' AS updated_at
      FROM generate_series(1, ${products}) i;
      CREATE UNIQUE INDEX ON p (p);
      ANALYZE p;
      INSERT INTO product (id, sku, sku_key, name, barcode, barcode_key, amount, currency, stocked, version, created_at, updated_at)
      SELECT id, sku, fold_text(sku), name, barcode, fold_text(barcode), amount, 'EUR', TRUE, version, at, updated_at FROM p;
      CREATE TEMP TABLE log_products ON COMMIT DROP AS
      SELECT row_number() OVER (ORDER BY at, p) AS seq, type, at, jsonb_build_object('product', jsonb_build_object(
        'id', id, 'sku', sku, 'name', name, 'barcode', barcode, 'unitPrice',
        jsonb_build_object('amount', amount, 'currency', 'EUR'), 'stocked', TRUE, 'version', version,
        'createdAt', ld_moment(created_at), 'updatedAt', ld_moment(at))) AS data
      FROM (
        SELECT p, id, sku, name, barcode, amount + 5 * (version - 1) AS amount, 1 AS version, at AS created_at, at, 'product_created' AS type FROM p
        UNION ALL
        SELECT p, id, sku, name, barcode, amount, 2, at, updated_at, 'product_updated' FROM p WHERE version = 2) AS known`,
  },
  {
    name: 'clients',
    sql: `
      CREATE TEMP TABLE c ON COMMIT DROP AS
      SELECT i AS c, ld_id(3, i) AS id, ld_shop(i, 5) || ' ' || ld_person(i, 6) || ' ' || i AS name,
             CASE WHEN i % 10 < 7 THEN 'client' || i || '@mail.example' END AS email,
             CASE WHEN i % 3 = 0 THEN '+34 6' || lpad(ld_pick(i, 7, 100000000)::text, 8, '0') END AS phone,
             ld_country(i, 8) AS country, i % 50 = 3 AS archived,
             ld_start() + i * interval '2 ms' AS at,
             ld_start() + i * interval '2 ms' + (i % 50 = 3)::int * interval '30 days' AS updated_at
      FROM generate_series(1, ${clients}) i;
      CREATE UNIQUE INDEX ON c (c);
      ANALYZE c;
      INSERT INTO client (id, name, email, phone, country, archived, version, created_at, updated_at)
      SELECT id, name, email, phone, country, archived, 1 + archived::int, at, updated_at FROM c;
      CREATE TEMP TABLE log_clients ON COMMIT DROP AS
      SELECT row_number() OVER (ORDER BY at, c) AS seq, type, at, jsonb_build_object('client', jsonb_build_object(
        'id', id, 'name', name, 'email', email, 'phone', phone, 'country', country, 'notes', NULL, 'archived', version = 2,
        'mergedInto', NULL, 'version', version, 'createdAt', ld_moment(created_at), 'updatedAt', ld_moment(at))) AS data
      FROM (
        SELECT c, id, name, email, phone, country, 1 AS version, at AS created_at, at, 'client_created' AS type FROM c
        UNION ALL
        SELECT c, id, name, email, phone, country, 2, at, updated_at, 'client_archived' FROM c WHERE archived) AS known`,
  },
];
