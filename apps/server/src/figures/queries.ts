import { FIGURES_MAX_BUCKETS, FIGURES_MAX_DAYS, type Money } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import { invalid } from '../errors.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Row {
  kind: 'placed' | 'shipped';
  bucket: number;
  currency: string;
  orders: number;
  amount: bigint;
}

export const figureQueryHandlers: Pick<QueryHandlers, 'get_desk_figures'> = {
  get_desk_figures: async (db, params) => {
    const { from, to, minutes, count } = readSpan(params);
    // When an order left is in the log alone; what it was worth then, too.
    const rows = await db.$queryRaw<Row[]>`
      WITH fact AS (
        SELECT 'placed' AS kind, created_at AS at, amount, currency::text AS currency
        FROM "order"
        WHERE created_at >= ${from} AND created_at < ${to} AND status <> 'cancelled'
        UNION ALL
        SELECT 'shipped', at, (data #>> '{order,total,amount}')::bigint, data #>> '{order,total,currency}'
        FROM event
        WHERE type = 'order_status_changed' AND at >= ${from} AND at < ${to} AND data ->> 'to' = 'shipped'
      )
      SELECT kind, floor(extract(epoch FROM at - ${from}::timestamptz) / ${minutes * 60}::int)::int AS bucket,
             currency, count(*)::int AS orders, sum(amount)::bigint AS amount
      FROM fact GROUP BY 1, 2, 3 ORDER BY 3`;
    const buckets = Array.from({ length: count }, (_, i) => ({
      at: new Date(from.getTime() + i * minutes * MINUTE).toISOString(),
      placed: 0,
      shipped: 0,
    }));
    for (const { kind, bucket, orders } of rows) {
      const part = buckets[bucket];
      if (part) part[kind] += orders;
    }
    return { placed: sumOf(rows, 'placed'), shipped: sumOf(rows, 'shipped'), buckets };
  },
};

function readSpan({
  from: start,
  to: end,
  bucket,
}: {
  from: string;
  to: string;
  bucket?: number | undefined;
}) {
  const [from, to] = [new Date(start), new Date(end)];
  const span = to.getTime() - from.getTime();
  if (span <= 0) throw invalid('The end must come after the beginning.', 'to');
  if (span > FIGURES_MAX_DAYS * DAY) throw invalid(`At most ${FIGURES_MAX_DAYS} days.`, 'to');
  const count = bucket === undefined ? 0 : Math.ceil(span / (bucket * MINUTE));
  if (count > FIGURES_MAX_BUCKETS) throw invalid(`At most ${FIGURES_MAX_BUCKETS} parts.`, 'bucket');
  return { from, to, minutes: bucket ?? Math.ceil(span / MINUTE), count };
}

function sumOf(rows: readonly Row[], kind: Row['kind']): { count: number; totals: Money[] } {
  const totals = new Map<string, number>();
  let count = 0;
  for (const row of rows.filter((one) => one.kind === kind)) {
    count += row.orders;
    totals.set(row.currency, (totals.get(row.currency) ?? 0) + Number(row.amount));
  }
  return { count, totals: [...totals].map(([currency, amount]) => ({ currency, amount })) };
}
