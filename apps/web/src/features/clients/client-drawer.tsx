import type { Client } from '@almenara/events';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Archive, GitMerge, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { PendingMark } from '../../realtime/index.ts';
import { Alert } from '../../ui/alert.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { Skeleton } from '../../ui/placeholder.tsx';
import { ClientOrders } from './client-orders.tsx';
import { useClient } from './use-client.ts';
import { useClientFilters } from './use-client-filters.ts';

const ClientDialog = lazyPart(async () => (await import('./client-dialog.tsx')).ClientDialog);
const ArchiveDialog = lazyPart(async () => (await import('./archive-dialog.tsx')).ArchiveDialog);
const MergeDialog = lazyPart(async () => (await import('./merge-dialog.tsx')).MergeDialog);

/** /clients/$clientId: a client beside the list. */
export function ClientRoute() {
  const { t } = useTranslation();
  const { clientId } = useParams({ from: '/desk/clients/$clientId' });
  const search = useClientFilters();
  const navigate = useNavigate();
  const found = useClient(clientId);
  const close = (): void => void navigate({ to: '/clients', search, resetScroll: false });
  if (found.kind === 'found') return <ClientDrawer key={clientId} client={found.client} onClose={close} />;
  return (
    <Drawer title={t('clients.loading')} onClose={close}>
      <div className="flex flex-col gap-4 p-5">
        {found.kind === 'failed' && <Alert tone="bad">{found.message}</Alert>}
        {found.kind === 'loading' && (
          <>
            <Skeleton className="h-24" />
            <Skeleton className="h-40" />
          </>
        )}
      </div>
    </Drawer>
  );
}

function ClientDrawer({ client, onClose }: { client: Client; onClose: () => void }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [dialog, setDialog] = useState<'edit' | 'archive' | 'merge' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <Drawer
      title={
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words">{client.name}</span>
          {client.archived && <Badge>{t('clients.archived')}</Badge>}
          <PendingMark id={client.id} labelled />
        </span>
      }
      onClose={onClose}
    >
      <div className="relative flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-5">
        {client.mergedInto && (
          <Alert tone="info">
            {t('clients.is_merged')}{' '}
            <Link to="/clients/$clientId" params={{ clientId: client.mergedInto }} className="underline">
              {t('clients.show_kept')}
            </Link>
          </Alert>
        )}
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
          {(['email', 'phone', 'country', 'notes'] as const).map((field) => (
            <div key={field} className="contents">
              <dt className="text-soft">{t(`clients.${field}`)}</dt>
              <dd className="min-w-0 break-words whitespace-pre-wrap">
                {client[field] ?? <span className="text-soft">–</span>}
              </dd>
            </div>
          ))}
        </dl>
        <ClientOrders client={client} />
      </div>
      {canWrite && !client.archived && (
        <footer className="flex flex-wrap gap-2 border-t border-line px-5 py-3">
          <Button icon={<Pencil aria-hidden className="size-4" />} onClick={() => setDialog('edit')}>
            {t('action.edit')}
          </Button>
          <Button icon={<GitMerge aria-hidden className="size-4" />} onClick={() => setDialog('merge')}>
            {t('clients.merge')}
          </Button>
          <Button icon={<Archive aria-hidden className="size-4" />} onClick={() => setDialog('archive')}>
            {t('clients.archive')}
          </Button>
        </footer>
      )}
      {dialog === 'edit' && <ClientDialog client={client} onClose={close} />}
      {dialog === 'archive' && <ArchiveDialog client={client} onClose={close} />}
      {dialog === 'merge' && <MergeDialog kept={client} onClose={close} />}
    </Drawer>
  );
}
