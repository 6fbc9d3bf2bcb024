import { ORDER_STATUSES, type Order } from '@almenara/events';
import { Outlet } from '@tanstack/react-router';
import { ClipboardList, Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanWrite } from '../../people/me.ts';
import { usePeople } from '../../people/people.tsx';
import { useTopic } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { ExportButton } from '../../ui/export-button.tsx';
import { ImportLink } from '../../ui/import-link.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Skeleton } from '../../ui/placeholder.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { BoardColumn } from './board-column.tsx';
import { matchesOrder, toColumns } from './board-columns.ts';
import { OlderOrders } from './older-orders.tsx';

const NewOrderDialog = lazyPart(async () => (await import('./new-order-dialog.tsx')).NewOrderDialog);

export function OrdersPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { view, status } = useTopic('orders');
  const [search, setSearch] = useState('');
  const [placing, setPlacing] = useState(false);
  const place = canWrite && (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setPlacing(true)}>
      {t('orders.new')}
    </Button>
  );
  return (
    <Page
      title={t('orders.title')}
      actions={
        <>
          <ExportButton list="orders" filters={{ q: search.trim() }} />
          {place}
        </>
      }
    >
      <div className="flex">
        <SearchField
          label={t('orders.search')}
          placeholder={t('orders.search_hint')}
          value={search}
          onChange={setSearch}
        />
      </div>
      {status.kind === 'refused' && <TopicRefused error={status.error} />}
      {view === null && status.kind !== 'refused' && <BoardSkeleton />}
      {view !== null && view.total === 0 && (
        <EmptyState
          icon={<ClipboardList aria-hidden />}
          title={t('orders.empty_title')}
          text={t('orders.empty_text')}
        >
          {place}
          <ImportLink />
        </EmptyState>
      )}
      {view !== null && view.total > 0 && (
        <Board orders={view.orders} search={search} truncated={view.truncated} />
      )}
      {placing && <NewOrderDialog onClose={() => setPlacing(false)} />}
      <Outlet />
    </Page>
  );
}

function Board({
  orders,
  search,
  truncated,
}: {
  orders: readonly Order[];
  search: string;
  truncated: boolean;
}) {
  const { t } = useTranslation();
  const query = useDeferredValue(search).trim();
  const people = usePeople();
  const names = useMemo(() => new Map(people.map(({ id, name }) => [id, name])), [people]);
  const found = useMemo(() => orders.filter((order) => matchesOrder(order, query)), [orders, query]);
  const columns = useMemo(() => toColumns(found), [found]);
  return (
    <>
      {query !== '' && found.length === 0 && <p className="text-soft">{t('orders.no_match', { query })}</p>}
      {query !== '' && truncated && <OlderOrders key={query} query={query} shown={found} />}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, with the keyboard too
        tabIndex={0}
        aria-label={t('orders.board')}
        className="relative -mx-4 flex flex-1 snap-x scroll-px-4 gap-2.5 overflow-x-auto px-4 pb-2 lg:mx-0 lg:px-0"
      >
        {ORDER_STATUSES.map((status) => (
          <BoardColumn key={status} status={status} orders={columns[status]} names={names} />
        ))}
      </section>
    </>
  );
}

function BoardSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')} className="flex flex-1 gap-2.5 overflow-hidden">
      {ORDER_STATUSES.map((status) => (
        <div
          key={status}
          className="flex w-[78vw] shrink-0 flex-col gap-2 rounded-xl bg-sunken p-2 sm:w-64 lg:w-auto lg:flex-1"
        >
          <Skeleton className="h-7" />
          <Skeleton className="h-22" />
          <Skeleton className="h-22" />
        </div>
      ))}
    </div>
  );
}
