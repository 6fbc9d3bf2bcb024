import type { Client } from '@almenara/events';
import { Plus, Users } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { useCanWrite } from '../../people/me.ts';
import { useTopic } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Skeleton } from '../../ui/placeholder.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { TopicRefused } from '../../ui/topic-refused.tsx';
import { ClientTable } from './client-table.tsx';

const ClientDialog = lazyPart(async () => (await import('./client-dialog.tsx')).ClientDialog);

export function ClientsPage() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { view, status } = useTopic('clients');
  const [adding, setAdding] = useState(false);
  const add = canWrite && (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setAdding(true)}>
      {t('clients.new')}
    </Button>
  );
  return (
    <Page title={t('clients.title')} actions={add}>
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
        </EmptyState>
      )}
      {view !== null && view.total > 0 && <ClientList clients={view.clients} total={view.total} />}
      {adding && <ClientDialog client={null} onClose={() => setAdding(false)} />}
    </Page>
  );
}

const AT_FIRST = 100;

const matches = (client: Client, wanted: string): boolean =>
  [client.name, client.email, client.phone, client.country].some((text) =>
    text?.toLocaleLowerCase().includes(wanted),
  );

function ClientList({ clients, total }: { clients: readonly Client[]; total: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [search, setSearch] = useState('');
  const [archived, setArchived] = useState(false);
  const [shown, setShown] = useState(AT_FIRST);
  const wanted = useDeferredValue(search).trim().toLocaleLowerCase();
  const found = useMemo(
    () => clients.filter((client) => (archived || !client.archived) && matches(client, wanted)),
    [clients, archived, wanted],
  );
  const hidden = found.length - shown;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField label={t('clients.search')} value={search} onChange={setSearch} />
        <label className="control inline-flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4.5 accent-(--action)"
            checked={archived}
            onChange={(event) => setArchived(event.target.checked)}
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
    </>
  );
}
