import { isHeld, OrderStatus, type QueryParams, type QueryResult } from '@almenara/events';
import type { QueryHandler } from '../commands/query.ts';
import { Prisma, type Tx } from '../database/client.ts';
import { countOf, decodeCursor, toPage } from '../database/paging.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import type { Asked, Page } from './asked.ts';
import { readOrders } from './read.ts';
import { searchOrders } from './search.ts';
import { SORTS, SortKey, sortKey } from './sorting.ts';

type Params = QueryParams<'list_orders'>;

/** What a list asks for, of table `"order" o`, but for what it searches. */
async function conditionsOf(db: Tx, params: Params): Promise<Prisma.Sql[]> {
  const { ids, status, statuses, clientId, assigneeId, from, before, short, sort } = params;
  const { only } = SORTS[sort];
  const held = OrderStatus.options.filter(isHeld);
  return [
    Prisma.sql`TRUE`,
    ...(only ? [only] : []),
    ...(ids ? [Prisma.sql`o.id = ANY(${ids}::uuid[])`] : []),
    ...(status ? [Prisma.sql`o.status = ${status}`] : []),
    ...(statuses ? [Prisma.sql`o.status = ANY(${statuses})`] : []),
    ...(clientId ? [Prisma.sql`o.client_id = ANY(${await clientIdsWithMerged(db, clientId)}::uuid[])`] : []),
    ...(assigneeId === 'none' ? [Prisma.sql`o.assignee_id IS NULL`] : []),
    ...(assigneeId && assigneeId !== 'none' ? [Prisma.sql`o.assignee_id = ${assigneeId}`] : []),
    ...(from ? [Prisma.sql`o.created_at >= ${new Date(from)}`] : []),
    ...(before ? [Prisma.sql`o.created_at < ${new Date(before)}`] : []),
    ...(short
      ? [
          Prisma.sql`o.status = ANY(${held})`,
          Prisma.sql`o.id IN (SELECT order_id FROM order_line WHERE order_line.short > 0)`,
        ]
      : []),
  ];
}

export const listOrders: QueryHandler<'list_orders'> = async (db, params) => {
  // What most are sorted by changes: the rows of a page, and with them the next one's key, are of its own moment.
  if (params.sort === 'newest' || params.sort === 'oldest') return readPage(db, params);
  return db.$transaction((tx) => readPage(tx, params), {
    isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
    maxWait: 10_000,
  });
};

async function readPage(db: Tx, params: Params): Promise<QueryResult<'list_orders'>> {
  const { q, sort, cursor, limit, compact } = params;
  const { orderBy, after } = SORTS[sort];
  const last = decodeCursor(SortKey, cursor);
  const asked = {
    where: Prisma.join(await conditionsOf(db, params), ' AND '),
    after: last ? after(last) : Prisma.sql`TRUE`,
    orderBy,
    take: limit + 1,
  };
  const page =
    q === undefined ? await everyOrder(db, asked, statusesOf(params)) : await searchOrders(db, q, asked);
  return toPage(
    await readOrders(db, page.ids, { compact }),
    limit,
    page.total,
    (order) => order,
    (order) => sortKey(sort, order),
  );
}

/** Several statuses are read one by one, each in order from its index, as long as nothing else narrows them down. */
const statusesOf = ({ statuses, ids, clientId, short }: Params): readonly OrderStatus[] | null =>
  statuses !== undefined && ids === undefined && clientId === undefined && !short ? statuses : null;

async function everyOrder(
  db: Tx,
  { where, after, orderBy, take }: Asked,
  statuses: readonly OrderStatus[] | null,
): Promise<Page> {
  const from = Prisma.sql`FROM "order" o WHERE ${where}`;
  const sorted = Prisma.sql`ORDER BY ${orderBy} LIMIT ${take}`;
  const read = statuses
    ? db.$queryRaw<{ id: string }[]>`
        SELECT o.id FROM unnest(${[...new Set(statuses)]}::text[]) AS one (status) CROSS JOIN LATERAL (
          SELECT o.id, o.number, o.updated_at, o.closed_at, o.amount
          ${from} AND o.status = one.status AND ${after} ${sorted}) o
        ${sorted}`
    : db.$queryRaw<{ id: string }[]>`SELECT o.id ${from} AND ${after} ${sorted}`;
  const [rows, total] = await Promise.all([read, countOf(db, from)]);
  return { ids: rows.map(({ id }) => id), total: { total } };
}
