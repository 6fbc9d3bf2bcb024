import type { EnvelopeOf, QueryResult } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useProblemText } from '../../../http/problem-text.ts';
import { query } from '../../../http/request.ts';
import { useHttpQuery } from '../../../http/use-http-query.ts';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useRealtime, useTopicPart, useWebSocket } from '../../../realtime/index.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { useReading } from '../../../ui/use-reading.ts';
import { usePersonName } from '../count/use-person-name.ts';

type Entry = QueryResult<'list_movements'>['items'][number];

interface MovementsProps {
  readonly productId: string;
  /** Null for all zones. */
  readonly zone: string | null;
}

const NUMBER = 'px-3 py-2 text-right whitespace-nowrap';

/** The ledger of a product, newest first. Movements that come while somebody reads wait behind a button above. */
export function Movements({ productId, zone }: MovementsProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { reading, stop, bind } = useReading();
  const { entries, waiting, more, pending, problem, showMore } = useEntries(productId, zone, reading);
  return (
    <section aria-labelledby="movements" className="flex flex-col gap-2">
      <div className="flex min-h-9 items-center justify-between gap-3">
        <h2 id="movements" className="font-semibold">
          {t('ledger.movements')}
        </h2>
        <span role="status">
          {waiting > 0 && <Button onClick={stop}>{t('ledger.waiting', { count: waiting })}</Button>}
        </span>
      </div>
      {problem !== null && <Alert tone="warn">{problemText(problem)}</Alert>}
      {entries === null && problem === null && <Skeleton className="h-72" />}
      {entries?.length === 0 && <p className="py-6 text-center text-soft">{t('ledger.no_movements')}</p>}
      {entries && entries.length > 0 && (
        <div className="overflow-clip rounded-xl border border-line bg-surface" {...bind}>
          <table className="w-full text-left">
            <caption className="sr-only">{t('ledger.movements')}</caption>
            <thead className="bg-sunken text-sm text-soft [&_th]:font-medium">
              <tr className="border-b border-line">
                <th scope="col" className="px-3 py-2 max-md:w-full">
                  {t('ledger.what')}
                </th>
                <th scope="col" className="px-3 py-2 max-md:hidden">
                  {t('ledger.who')}
                </th>
                <th scope="col" className="px-3 py-2 max-md:hidden">
                  {t('ledger.at')}
                </th>
                <th scope="col" className={NUMBER}>
                  {t('inventory.on_hand')}
                </th>
                <th scope="col" className={NUMBER}>
                  {t('inventory.reserved')}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {entries.map((entry) => (
                <Row key={entry.id} entry={entry} withZone={zone === null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more && (
        <Button className="self-center" pending={pending} onClick={showMore}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}

function Row({ entry, withZone }: { entry: Entry; withZone: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = usePersonName();
  const who = entry.userId === null ? t('ledger.system') : nameOf(entry.userId);
  return (
    <tr>
      <th scope="row" className="px-3 py-2 font-normal">
        <span className="font-medium">{t(`ledger.kind.${entry.kind}`)}</span>{' '}
        {withZone && <span className="ml-1 font-mono text-sm text-soft">{entry.zone}</span>}{' '}
        {entry.orderId !== null && <OrderLink orderId={entry.orderId} />}
        {entry.reason !== null && <span className="block text-sm break-words text-soft">{entry.reason}</span>}
        {entry.reorderPointDelta !== 0 && (
          <span className="block text-sm text-soft">
            {t('inventory.reorder_point')} {formats.signed(entry.reorderPointDelta)}
          </span>
        )}
        <span className="block text-sm text-soft md:hidden">
          {who} · {formats.when(entry.at)}
        </span>
      </th>
      <td className="max-w-48 truncate px-3 py-2 max-md:hidden">{who}</td>
      <td className="px-3 py-2 whitespace-nowrap text-soft max-md:hidden">{formats.dateTime(entry.at)}</td>
      <td className={`${NUMBER} font-semibold`}>{signedOrNone(entry.onHandDelta, formats.signed)}</td>
      <td className={NUMBER}>{signedOrNone(entry.reservedDelta, formats.signed)}</td>
    </tr>
  );
}

const signedOrNone = (n: number, signed: (n: number) => string): string => (n === 0 ? '' : signed(n));

function OrderLink({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const number = useTopicPart('orders', ({ orders }) => orders.find(({ id }) => id === orderId)?.number);
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId }}
      className="ml-2 inline-flex min-h-6 items-center text-sm text-cool underline pointer-coarse:-my-2 pointer-coarse:min-h-[44px]"
    >
      {number == null ? t('ledger.order') : t('orders.number', { number })}
    </Link>
  );
}

function toEntry({ data: { level, movement }, userId }: EnvelopeOf<'inventory_updated'>): Entry {
  return { ...movement, productId: level.productId, zone: level.zone, userId };
}

function useEntries(productId: string, zone: string | null, held: boolean) {
  const [pages, setPages] = useState<{ items: readonly Entry[]; nextCursor: string | null } | null>(null);
  const [fresh, setFresh] = useState<readonly Entry[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  // What happened while there was no connection is read again.
  const connectionId = useStore(useRealtime().session, (session) => session?.connectionId);
  useEffect(() => setCursor(null), [connectionId]);
  const { error: problem } = useHttpQuery(
    `${productId} ${zone}`,
    async (signal) => {
      const params = { productId, zone: zone ?? undefined, cursor: cursor ?? undefined };
      const { items, nextCursor } = await query('list_movements', params, signal);
      setPages((before) => ({
        items: cursor === null ? items : [...(before?.items ?? []), ...items],
        nextCursor,
      }));
    },
    { again: `${cursor} ${connectionId}` },
  );
  useWebSocket('inventory_updated', (envelope) => {
    const entry = toEntry(envelope);
    if (entry.productId !== productId || (zone !== null && entry.zone !== zone)) return;
    setFresh((before) => [entry, ...before]);
  });
  const known = useMemo(() => new Set(pages?.items.map(({ id }) => id)), [pages]);
  const unknown = fresh.filter(({ id }) => !known.has(id));
  useEffect(() => {
    if (held || unknown.length === 0 || pages === null) return;
    setPages({ ...pages, items: [...unknown, ...pages.items] });
    setFresh([]);
  }, [held, unknown, pages]);
  return {
    entries: pages?.items ?? null,
    waiting: held ? unknown.length : 0,
    more: pages !== null && pages.nextCursor !== null,
    pending: pages !== null && cursor !== null && cursor === pages.nextCursor && problem === null,
    problem,
    showMore: () => {
      if (pages?.nextCursor) setCursor(pages.nextCursor);
    },
  };
}
