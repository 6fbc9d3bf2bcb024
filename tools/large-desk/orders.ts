import type { Step } from './step.ts';

/**
 * Orders 1 to `closed` are over, and those after them open. Most of the closed ones came from somewhere else as they
 * are (`imported`), some of them cancelled; every fifth and all open ones went their way here. Of a thousand open ones
 * one has 500 lines and one 60, and some wait for goods of which there are none.
 */
export const orders = ({
  closed,
  open,
  products,
  clients,
  zones,
}: {
  closed: number;
  open: number;
  products: number;
  clients: number;
  zones: number;
}): Step[] => [
  {
    name: 'orders',
    sql: `
      CREATE TEMP TABLE o ON COMMIT DROP AS
      SELECT n, ld_id(4, n) AS id, n > ${closed} AS is_open, n <= ${closed} AND n % 5 > 0 AS imported,
             CASE WHEN n <= ${closed} THEN CASE WHEN n % 25 = 1 THEN 'cancelled' ELSE 'delivered' END
                  ELSE (ARRAY['placed','placed','placed','placed','placed','picking','picking','picking','packed','shipped'])[1 + ld_pick(n, 10, 10)]
             END AS status,
             1 + ld_pick(n, 11, ${clients}) AS c,
             CASE WHEN n <= ${closed} THEN 1 + ld_pick(n, 12, 3)
                  ELSE CASE (n - ${closed}) % 1000 WHEN 1 THEN 500 WHEN 501 THEN 60 ELSE 1 + ld_pick(n, 12, 4) END END AS many,
             date_trunc('milliseconds', CASE
               WHEN n <= ${closed} THEN ld_start() + interval '60 days' + interval '600 days' * (n::float8 / ${closed})
               ELSE ld_start() + interval '670 days' + interval '29 days' * ((n - ${closed})::float8 / ${open}) END) AS at,
             CASE WHEN n % 7 = 0 THEN 'Call before delivery · 電話してから' END AS notes
      FROM generate_series(1, ${closed + open}) n;
      CREATE UNIQUE INDEX ON o (n);
      CREATE TEMP TABLE ln ON COMMIT DROP AS
      SELECT row_number() OVER (ORDER BY n, j) AS k, n, j, l.p, z, quantity, short, p.amount, quantity - short AS held
      FROM (
        SELECT n, j, l.p, 1 + (CASE WHEN l.p % 10 = 0 AND j % 3 = 0 THEN l.p / 10 + 7 ELSE l.p END) % ${zones} AS z,
               1 + ld_pick(n * 512 + j, 13, 6) + (l.p % 400 = 7)::int AS quantity,
               CASE WHEN l.p % 400 = 7 AND is_open AND status IN ('placed', 'picking')
                    THEN 1 + (ld_pick(n * 512 + j, 13, 6) + 1) / 2 ELSE 0 END AS short
        FROM o, generate_series(1, many) j,
             LATERAL (SELECT 1 + ((power(ld_pick(n, 14, 1000000) / 1e6, 2) * ${products})::int + j * 37) % ${products} AS p) l
      ) l JOIN p ON p.p = l.p;
      CREATE INDEX ON ln (n);
      ANALYZE o; ANALYZE ln`,
  },
  {
    name: 'the ways of orders',
    sql: `
      CREATE TEMP TABLE st ON COMMIT DROP AS
      SELECT n, 0 AS step, CASE WHEN imported THEN status ELSE 'placed' END AS status, at, imported OR status = 'placed' AS last
      FROM o
      UNION ALL
      SELECT n, step, way.status, o.at + step * interval '3 hours' + ld_pick(n * 8 + step, 15, 3600000) * interval '1 ms',
             way.status = o.status
      FROM o, LATERAL (VALUES (1, 'picking'), (2, 'packed'), (3, 'shipped'), (4, 'delivered')) way (step, status)
      WHERE NOT imported AND CASE o.status WHEN 'picking' THEN 1 WHEN 'packed' THEN 2 WHEN 'shipped' THEN 3
                                           WHEN 'delivered' THEN 4 ELSE 0 END >= step;
      CREATE INDEX ON st (n);
      ANALYZE st`,
  },
  {
    name: 'rows of orders',
    sql: `
      INSERT INTO "order" (id, number, reference, client_id, client_name, status, amount, currency, assignee_id, notes,
                           version, created_at, updated_at, closed_at)
      SELECT o.id, n, CASE WHEN imported THEN 'INV-' || lpad(n::text, 8, '0') END, c.id, c.name, o.status, sum.amount, 'EUR',
             NULL, notes, step + 1, o.at, st.at, CASE WHEN o.status IN ('delivered', 'cancelled') THEN st.at END
      FROM o JOIN c USING (c) JOIN st USING (n)
      JOIN (SELECT n, sum(quantity * amount) AS amount FROM ln GROUP BY n) sum USING (n)
      WHERE last ORDER BY n;
      SELECT setval('order_number_seq', ${closed + open});
      INSERT INTO order_line (id, order_id, position, product_id, sku, name, quantity, short, amount, currency)
      SELECT ld_id(5, k), o.id, j - 1, p.id, p.sku, p.name, quantity, short, ln.amount, 'EUR'
      FROM ln JOIN o USING (n) JOIN p USING (p) ORDER BY k`,
  },
];
