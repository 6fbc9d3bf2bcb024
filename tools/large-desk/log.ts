import type { Step } from './step.ts';

const CATALOGUE = ['zones', 'products', 'clients'];

/** The events of which every topic folds to these tables. */
export const log = (): Step[] => [
  {
    name: 'the log of the catalogue',
    sql: `
      INSERT INTO topic (name, head)
      ${CATALOGUE.map((topic) => `SELECT '${topic}', count(*) FROM log_${topic}`).join(' UNION ALL ')};
      ${CATALOGUE.map(
        (topic, i) => `
      INSERT INTO event (topic, seq, id, type, data, at)
      SELECT '${topic}', seq, ld_id_at(at, ${10 + i}, seq), type, data, at FROM log_${topic} ORDER BY seq`,
      ).join(';')}`,
  },
  {
    name: 'the log of stock',
    sql: `
      INSERT INTO topic (name, head) SELECT 'inventory:' || code, count(*) FROM af JOIN z USING (z) GROUP BY code ORDER BY code;
      INSERT INTO event (topic, seq, id, type, data, at)
      SELECT 'inventory:' || code, row_number() OVER (PARTITION BY z ORDER BY m), ld_id_at(af.at, 8, m), 'inventory_updated',
             jsonb_build_object(
               'level', jsonb_build_object('productId', p.id, 'zone', code, 'onHand', has, 'reserved', keeps,
                                           'reorderPoint', watched, 'updatedAt', ld_moment(af.at)),
               'movement', jsonb_build_object('id', ld_id_at(af.at, 6, m), 'kind', kind, 'onHandDelta', on_hand,
                                              'reservedDelta', reserved, 'reorderPointDelta', point, 'reason', NULL,
                                              'orderId', o.id, 'returnId', NULL, 'at', ld_moment(af.at)))
             || CASE WHEN first THEN '{"created": true}'::jsonb ELSE '{}'::jsonb END,
             af.at
      FROM af JOIN z USING (z) JOIN p USING (p) LEFT JOIN o USING (n) ORDER BY z, m`,
  },
  {
    name: 'the log of orders',
    sql: `
      CREATE TEMP TABLE told ON COMMIT DROP AS
      SELECT n, jsonb_agg(jsonb_build_object(
        'id', ld_id(5, k), 'productId', p.id, 'sku', p.sku, 'name', p.name, 'quantity', quantity,
        'unitPrice', jsonb_build_object('amount', ln.amount, 'currency', 'EUR'), 'short', short,
        'allocations', CASE WHEN held > 0 AND status <> 'cancelled'
          THEN jsonb_build_array(jsonb_build_object('zone', code, 'quantity', held)) ELSE '[]'::jsonb END) ORDER BY j) AS lines,
        sum(quantity * ln.amount) AS amount
      FROM ln JOIN o USING (n) JOIN p USING (p) JOIN z USING (z) GROUP BY n;
      INSERT INTO topic (name, head) SELECT 'orders', count(*) FROM st;
      INSERT INTO event (topic, seq, id, type, data, at)
      SELECT 'orders', row_number() OVER (ORDER BY st.at, n, step), ld_id_at(st.at, 9, n * 8 + step),
             CASE step WHEN 0 THEN 'order_created' ELSE 'order_status_changed' END,
             jsonb_build_object('order', jsonb_build_object(
               'id', o.id, 'number', n, 'reference', CASE WHEN imported THEN 'INV-' || lpad(n::text, 8, '0') END,
               'clientId', c.id, 'clientName', c.name, 'status', st.status, 'lines', told.lines,
               'total', jsonb_build_object('amount', told.amount, 'currency', 'EUR'), 'assigneeId', NULL, 'notes', notes,
               'version', step + 1, 'createdAt', ld_moment(o.at), 'updatedAt', ld_moment(st.at),
               'closedAt', CASE WHEN st.status IN ('delivered', 'cancelled') THEN ld_moment(st.at) END))
             || CASE step WHEN 0 THEN '{}'::jsonb ELSE jsonb_build_object('to', st.status, 'from', CASE st.status
                  WHEN 'picking' THEN 'placed' WHEN 'packed' THEN 'picking' WHEN 'shipped' THEN 'packed'
                  WHEN 'delivered' THEN 'shipped' END) END,
             st.at
      FROM st JOIN o USING (n) JOIN c USING (c) JOIN told USING (n) ORDER BY st.at, n, step`,
  },
];
