import type { Client } from '@almenara/events';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { Plus, Users } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useProblemText } from '../../http/problem-text.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ImportLink } from '../../people/import-link.tsx';
import { useCanWrite } from '../../people/me.ts';
import { useTopic } from '../../realtime/index.ts';
import { textSearch } from '../../text-search.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ExportButton } from '../../ui/export-button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Skeleton } from '../../ui/placeholder.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { ClientTable } from './client-table.tsx';
import { DuplicateList } from './duplicate-list.tsx';
import { useClientFilters } from './use-client-filters.ts';
import { type PagedClients, usePagedClients } from './use-paged-clients.ts';

const ClientDialog = lazyPart(async () => (await import('./client-dialog.tsx')).ClientDialog);

export function ClientsPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { view, status } = useTopic('clients');
  const search = useClientFilters();
  const [adding, setAdding] = useState(false);
  const add = canWrite && (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setAdding(true)}>
      {t('clients.new')}
    </Button>
  );
  return (
    <Page
      title={t('clients.title')}
      actions={
        <>
          {view !== null && view.total > 0 && (
            <ExportButton list="clients" filters={{ q: search.q, all: search.archived }} />
          )}
          {add}
        </>
      }
    >
      {status.kind === 'refused' && <TopicRefused error={status.error} />}
      {view === null && status.kind !== 'refused' && (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton className="h-96" />
        </div>
      )}
      {view?.total === 0 && (
        <EmptyState
          icon={<Users aria-hidden />}
          title={t('clients.empty_title')}
          text={t('clients.empty_text')}
        >
          {add}
          <ImportLink />
        </EmptyState>
      )}
      {view !== null && view.total > 0 && <ClientList clients={view.clients} total={view.total} />}
      <Outlet />
      {adding && <ClientDialog client={null} onClose={() => setAdding(false)} />}
    </Page>
  );
}

const AT_FIRST = 100;

function ClientList({ clients, total }: { clients: readonly Client[]; total: number }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const navigate = useNavigate();
  const { q: search = '', archived = false } = useClientFilters();
  // Filters live in the address, so that the list can be bookmarked, shared and returned to.
  const setFilter = (filter: { q?: string; archived?: boolean }): void => {
    const next = { q: search, archived, ...filter };
    void navigate({
      to: '.',
      search: { ...(next.q !== '' && { q: next.q }), ...(next.archived && { archived: true }) },
      replace: true,
      resetScroll: false,
    });
  };
  const [shown, setShown] = useState(AT_FIRST);
  const typed = useDeferredValue(search);
  const { wanted, finds } = useMemo(() => textSearch(typed), [typed]);
  const fits = useCallback(
    ({ name, email, phone, country, archived: isArchived }: Client) =>
      (archived || !isArchived) && finds(name, email, phone, country),
    [archived, finds],
  );
  const found = useMemo(() => clients.filter(fits), [clients, fits]);
  const isPart = clients.length < total;
  const paged = usePagedClients(isPart, { q: wanted, all: archived }, clients, fits);
  // While the server does not answer, the clients that are here are shown.
  const rows = isPart && paged.clients ? paged.clients : found.slice(0, shown);
  const hidden = isPart && paged.clients ? 0 : found.length - shown;
  return (
    <>
      {canWrite && <DuplicateList clients={clients} isPart={isPart} />}
      <div className="flex flex-wrap items-center gap-3">
        <SearchField label={t('clients.search')} value={search} onChange={(q) => setFilter({ q })} />
        <label className="control inline-flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4.5 accent-(--action)"
            checked={archived}
            onChange={(event) => setFilter({ archived: event.target.checked })}
          />
          {t('clients.show_archived')}
        </label>
      </div>
      {isPart && <PartSaid paged={paged} held={clients.length} total={total} />}
      {rows.length === 0 && <p className="text-soft">{t('clients.no_match')}</p>}
      {rows.length > 0 && <ClientTable clients={rows} />}
      {hidden > 0 && (
        <Button className="self-center" onClick={() => setShown(shown + AT_FIRST)}>
          {t('orders.more', { count: Math.min(hidden, AT_FIRST) })}
        </Button>
      )}
      {paged.more && (
        <Button className="self-center" onClick={paged.more}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}

interface PartSaidProps {
  readonly paged: PagedClients;
  readonly held: number;
  readonly total: number;
}

/** How many there are of which a part is here; where the server does not answer, which part. */
function PartSaid({ paged, held, total }: PartSaidProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const problemText = useProblemText();
  const count = formats.number(paged.total);
  return (
    <>
      {paged.problem !== null && <Alert tone="warn">{problemText(paged.problem)}</Alert>}
      <p className="min-h-6 text-sm text-soft" role="status">
        {paged.clients === null && paged.problem !== null
          ? t('clients.truncated', { shown: formats.number(held), total: formats.number(total) })
          : paged.total > 0 &&
            t('clients.found', { count: paged.total, shown: paged.isAtLeast ? `${count}+` : count })}
      </p>
    </>
  );
}
