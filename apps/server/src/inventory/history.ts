import { HISTORY_POINTS } from '@almenara/events';
import type { QueryHandler } from '../commands/query.ts';
import { Prisma } from '../database/client.ts';
import { invalid } from '../errors.ts';

interface Point {
  readonly at: Date;
  readonly onHand: number;
  readonly reserved: number;
}

/**
 * The sums of the ledger over time. Its entries are put into as many equal spans as there may be points, and each span
 * gives one: the moment of its last entry, and what there was after it. Entries count from the moment they tell of,
 * which for an imported sale is before the moment they were written.
 */
export const readStockHistory: QueryHandler<'get_stock_history'> = async (db, params) => {
  const of = params.zone
    ? Prisma.sql`product_id = ${params.productId}::uuid AND zone = ${params.zone}`
    : Prisma.sql`product_id = ${params.productId}::uuid`;
  const [ends] = await db.$queryRaw<{ first: Date | null; now: Date }[]>`
    SELECT min(at) AS first, now() AS now FROM stock_movement WHERE ${of}`;
  const to = params.to ? new Date(params.to) : (ends?.now ?? new Date());
  const from = params.from ? new Date(params.from) : (ends?.first ?? to);
  if (from > to) throw invalid('The time span ends before it begins.', 'from');
  const points = await db.$queryRaw<Point[]>`
    WITH ledger AS (
      SELECT at, on_hand_delta, reserved_delta, CASE WHEN at <= ${from} THEN 0 ELSE 1 + least(
        ${HISTORY_POINTS - 2}, floor(extract(epoch FROM at - ${from}::timestamptz)
          / greatest(extract(epoch FROM ${to}::timestamptz - ${from}::timestamptz), 1) * ${HISTORY_POINTS - 1}))::int
        END AS span
      FROM stock_movement WHERE ${of} AND at <= ${to}
    ), spans AS (
      SELECT span, max(at) AS at, sum(on_hand_delta) AS on_hand, sum(reserved_delta) AS reserved
      FROM ledger GROUP BY span
    )
    SELECT greatest(at, ${from}) AS at, (sum(on_hand) OVER upto)::int AS "onHand", (sum(reserved) OVER upto)::int AS reserved
    FROM spans WINDOW upto AS (ORDER BY span) ORDER BY span`;
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    points: points.map((point) => ({ ...point, at: point.at.toISOString() })),
  };
};
