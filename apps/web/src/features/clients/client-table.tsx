import { type Client, isClosed } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { Archive, Pencil } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { PendingMark, useTopicPart } from '../../realtime/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';

const ArchiveDialog = lazyPart(async () => (await import('./archive-dialog.tsx')).ArchiveDialog);
const ClientDialog = lazyPart(async () => (await import('./client-dialog.tsx')).ClientDialog);

export function ClientTable({ clients }: { clients: readonly Client[] }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const open = useOpenOrders();
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">{t('clients.title')}</caption>
        <thead className="bg-sunken text-sm text-soft">
          <tr className="border-b border-line [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium">
            <th scope="col">{t('clients.name')}</th>
            <th scope="col" className="max-md:hidden">
              {t('clients.email')}
            </th>
            <th scope="col" className="w-44 max-xl:hidden">
              {t('clients.phone')}
            </th>
            <th scope="col" className="w-40 max-xl:hidden">
              {t('clients.country')}
            </th>
            {open !== null && (
              <th scope="col" className="w-20 text-right md:w-32">
                {t('clients.open_orders')}
              </th>
            )}
            {canWrite && (
              <th scope="col" className="w-24">
                <span className="sr-only">{t('inventory.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {clients.map((client) => (
            <Row
              key={client.id}
              client={client}
              open={open && (open.get(client.id) ?? 0)}
              canWrite={canWrite}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many open orders each client has; null where that is not known. */
function useOpenOrders(): ReadonlyMap<string, number> | null {
  // On a large desk only part of the orders is here, and a count of those would be wrong.
  const orders = useTopicPart('orders', (view) => (view.truncated ? 'part' : view.orders));
  return useMemo(() => {
    if (orders === 'part') return null;
    const counts = new Map<string, number>();
    for (const { clientId, status } of orders ?? []) {
      if (!isClosed(status)) counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
    }
    return counts;
  }, [orders]);
}

interface RowProps {
  readonly client: Client;
  /** How many open orders it has; null where no list says that. */
  readonly open: number | null;
  readonly canWrite: boolean;
}

const Row = memo(function Row({ client, open, canWrite }: RowProps) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'edit' | 'archive' | null>(null);
  const close = (): void => setDialog(null);
  const { name, email, phone, country, archived } = client;
  return (
    <tr className="hover:bg-sunken [&>td]:px-3 [&>td]:py-2">
      <th scope="row" className="px-3 py-2 font-medium break-words pointer-coarse:relative">
        <Link
          to="/clients/$clientId"
          params={{ clientId: client.id }}
          search={true}
          resetScroll={false}
          className="pointer-coarse:after:absolute pointer-coarse:after:inset-0 control inline-flex max-w-full items-center break-words hover:underline max-md:min-h-7"
        >
          {name}
        </Link>{' '}
        {archived && <Badge>{t('clients.archived')}</Badge>} <PendingMark id={client.id} />
        <span className="block truncate text-sm font-normal text-soft md:hidden">{email ?? phone}</span>
      </th>
      <td className="break-words text-soft max-md:hidden">{email}</td>
      <td className="text-soft max-xl:hidden">{phone}</td>
      <td className="break-words text-soft max-xl:hidden">{country}</td>
      {open !== null && (
        <td className="text-right">{open > 0 ? open : <span className="text-soft">–</span>}</td>
      )}
      {canWrite && (
        <td className="px-1! text-right whitespace-nowrap">
          {!archived && (
            <>
              <IconButton label={t('clients.edit_of', { name })} onClick={() => setDialog('edit')}>
                <Pencil aria-hidden className="size-4" />
              </IconButton>
              <IconButton label={t('clients.archive_of', { name })} onClick={() => setDialog('archive')}>
                <Archive aria-hidden className="size-4" />
              </IconButton>
            </>
          )}
          {dialog === 'edit' && <ClientDialog client={client} onClose={close} />}
          {dialog === 'archive' && <ArchiveDialog client={client} onClose={close} />}
        </td>
      )}
    </tr>
  );
});
