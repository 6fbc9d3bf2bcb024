import type { ClosedCount, Count, CountEntry } from '@almenara/events';
import { countTopic } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { StockCountEntry } from '../database/generated/client.ts';
import type { CountRow } from '../unit/count-rows.ts';

export const toCountStart = ({ id, zone, startedBy, startedAt, total }: CountRow) => ({
  id,
  zone,
  startedBy,
  startedAt: startedAt.toISOString(),
  total,
});

const toEntry = ({ productId, counted, expected, userId, at }: StockCountEntry): CountEntry => ({
  productId,
  counted,
  expected,
  userId,
  at: at.toISOString(),
});

export const toClosedCount = (row: CountRow): ClosedCount => ({
  ...toCountStart(row),
  outcome: row.outcome === 'finished' ? 'finished' : 'cancelled',
  closedBy: row.closedBy ?? row.startedBy,
  closedAt: (row.closedAt ?? row.startedAt).toISOString(),
  counted: row.counted,
  changed: row.changed,
  overtaken: row.overtaken,
});

/** The state of topic `count:{zone}`, or null where there is no such zone. */
export async function loadCount(tx: Tx, zone: string) {
  if (!(await tx.zone.findUnique({ where: { code: zone } }))) return null;
  const open = await tx.stockCount.findFirst({
    where: { zone, outcome: null },
    include: { entries: true },
  });
  const last = await tx.stockCount.findFirst({
    where: { zone, outcome: { not: null } },
    orderBy: [{ closedAt: 'desc' }, { id: 'desc' }],
  });
  const count: Count | null = open && { ...toCountStart(open), entries: open.entries.map(toEntry) };
  return countTopic.load({ zone, count, last: last && toClosedCount(last) });
}
