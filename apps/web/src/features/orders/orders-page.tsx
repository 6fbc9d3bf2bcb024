import { Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { ClipboardList, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { withTexts } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ImportLink } from '../../people/import-link.tsx';
import { useCanWrite } from '../../people/me.ts';
import { usePeople } from '../../people/people.tsx';
import { useTopic, useTopicPart } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { ExportButton } from '../../ui/export-button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/placeholder.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { Board } from './board/board.tsx';
import { BoardSkeleton } from './board/board-skeleton.tsx';
import type { BoardViewProps } from './board/paged-board.tsx';
import { isPartlyHeld } from './held/held-orders.ts';
import { listParams, orderFilter } from './held/order-filter.ts';
import { hasFilter, type OrdersSearch } from './held/orders-search.ts';
import { OrdersToolbar } from './toolbar/orders-toolbar.tsx';
import { useSelection } from './toolbar/use-selection.ts';

const NewOrderDialog = lazyPart(
  withTexts(['order'], async () => (await import('./edit/new-order-dialog.tsx')).NewOrderDialog),
);
const ListView = lazyPart(async () => (await import('./list/list-view.tsx')).ListView, {
  placeholder: <BoardSkeleton />,
});

const PagedBoard = lazyPart(async () => (await import('./board/paged-board.tsx')).PagedBoard, {
  placeholder: <BoardSkeleton />,
});

const SelectionBar = lazyPart(async () => (await import('./toolbar/selection-bar.tsx')).SelectionBar);

/** /orders: the board, or the list; what is shown is in the address. */
export function OrdersPage() {
  const search = useSearch({ from: '/desk/orders' });
  const navigate = useNavigate({ from: '/orders' });
  return (
    <>
      <OrdersDesk
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      />
      <Outlet />
    </>
  );
}

interface OrdersDeskProps {
  readonly search: OrdersSearch;
  readonly onSearch: (search: OrdersSearch) => void;
}

export function OrdersDesk({ search, onSearch }: OrdersDeskProps) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { status, view } = useTopic('orders');
  // Followed from here on, so that the dialog for a new order has clients and products at once, and without
  // network.
  useTopicPart('clients', () => true);
  useTopicPart('products', () => true);
  const [placing, setPlacing] = useState(false);
  const selection = useSelection();
  const people = usePeople();
  const names = useMemo(() => new Map(people.map(({ id, name }) => [id, name])), [people]);
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
          <ExportButton list="orders" filters={listParams(search)} />
          {place}
        </>
      }
    >
      <OrdersToolbar search={search} onSearch={onSearch} selection={selection} />
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
      {view !== null &&
        view.total > 0 &&
        (search.view === 'list' ? (
          <ListView view={view} search={search} names={names} selection={selection} />
        ) : (
          <BoardView view={view} search={search} names={names} selection={selection} />
        ))}
      {selection.ids !== null && <SelectionBar selection={selection} />}
      {placing && <NewOrderDialog onClose={() => setPlacing(false)} />}
    </Page>
  );
}

function BoardView({ view, search, names, selection }: BoardViewProps) {
  const { t } = useTranslation();
  const found = useMemo(() => {
    const fits = orderFilter(search);
    return view.orders.filter((order) => fits(order));
  }, [view.orders, search]);
  if (isPartlyHeld(view, search))
    return <PagedBoard view={view} search={search} names={names} selection={selection} />;
  return (
    <>
      {hasFilter(search) && found.length === 0 && <p className="text-soft">{t('orders.none_on_board')}</p>}
      <Board
        orders={found}
        search={search}
        names={names}
        selected={selection.ids}
        onSelect={selection.toggle}
      />
    </>
  );
}
