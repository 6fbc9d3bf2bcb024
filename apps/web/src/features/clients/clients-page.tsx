import { type Client, fold } from '@almenara/events';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { Plus, Users } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { useTopic } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { ExportButton } from '../../ui/export-button.tsx';
import { ImportLink } from '../../ui/import-link.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Skeleton } from '../../ui/placeholder.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { ClientTable } from './client-table.tsx';
import { DuplicateList } from './duplicate-list.tsx';
import { OlderClients } from './older-clients.tsx';
import { useClientFilters } from './use-client-filters.ts';

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

const matches = (client: Client, wanted: string): boolean =>
  [client.name, client.email, client.phone, client.country].some(
    (text) => text && fold(text).includes(wanted),
  );

function ClientList({ clients, total }: { clients: readonly Client[]; total: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const canWrite = useCanWrite();
  const navigate = useNavigate();
  const { q: search = '', archived = false } = useClientFilters();
  // In the address, so that a list can be come back to and passed on.
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
  const wanted = fold(useDeferredValue(search).trim());
  const found = useMemo(
    () => clients.filter((client) => (archived || !client.archived) && matches(client, wanted)),
    [clients, archived, wanted],
  );
  const hidden = found.length - shown;
  const known = useMemo(() => new Set(clients.map(({ id }) => id)), [clients]);
  return (
    <>
      {canWrite && <DuplicateList clients={clients} />}
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
      {clients.length < total && (
        <p className="text-sm text-soft">
          {t('clients.truncated', { shown: formats.number(clients.length), total: formats.number(total) })}
        </p>
      )}
      {found.length === 0 && <p className="text-soft">{t('clients.no_match')}</p>}
      {found.length > 0 && <ClientTable clients={found.slice(0, shown)} />}
      {hidden > 0 && (
        <Button className="self-center" onClick={() => setShown(shown + AT_FIRST)}>
          {t('orders.more', { count: Math.min(hidden, AT_FIRST) })}
        </Button>
      )}
      {clients.length < total && hidden <= 0 && <OlderClients search={wanted} all={archived} shown={known} />}
    </>
  );
}
