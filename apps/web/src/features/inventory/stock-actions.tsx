import type { Zone } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { ClipboardCheck, Pencil, Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useZones } from '../../catalogue/use-stock.ts';
import { useCanWrite } from '../../people/me.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { MenuItem, menuPanel } from '../../ui/menu.tsx';
import { useOpenCount } from './count/use-open-count.ts';

const ProductDialog = lazy(async () => ({ default: (await import('./product-dialog.tsx')).ProductDialog }));
const ReceiveDialog = lazy(async () => ({ default: (await import('./receive-dialog.tsx')).ReceiveDialog }));
const ZoneDialog = lazy(async () => ({ default: (await import('./zone-dialog.tsx')).ZoneDialog }));
const ZoneRenameDialog = lazy(async () => ({
  default: (await import('./zone-rename-dialog.tsx')).ZoneRenameDialog,
}));

type Open = 'receive' | 'rename' | 'new_zone' | 'new_product';

/** What can be done on the page as a whole; nothing for who only looks. */
export function StockActions({ zone }: { zone: Zone | null }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const hasZones = (useZones()?.length ?? 0) > 0;
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  if (!canWrite) return zone && <CountLink zone={zone.code} />;
  return (
    <>
      {zone && (
        <IconButton label={t('inventory.rename_zone')} onClick={() => setOpen('rename')}>
          <Pencil aria-hidden className="size-4.5" />
        </IconButton>
      )}
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button icon={<Plus aria-hidden className="size-4" />}>{t('inventory.new')}</Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" className={menuPanel}>
            <MenuItem onSelect={() => setOpen('new_product')}>{t('inventory.new_product')}</MenuItem>
            <MenuItem onSelect={() => setOpen('new_zone')}>{t('inventory.new_zone')}</MenuItem>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {zone && <CountLink zone={zone.code} />}
      {hasZones && (
        <Button look="primary" onClick={() => setOpen('receive')}>
          {t('inventory.receive')}
        </Button>
      )}
      <Suspense>
        {open === 'receive' && <ReceiveDialog product={null} zone={zone?.code ?? null} onClose={close} />}
        {open === 'rename' && zone && <ZoneRenameDialog zone={zone} onClose={close} />}
        {open === 'new_zone' && <ZoneDialog onClose={close} />}
        {open === 'new_product' && <ProductDialog onClose={close} />}
      </Suspense>
    </>
  );
}

/** To the count of a zone, which may be going on. */
function CountLink({ zone }: { zone: string }) {
  const { t } = useTranslation();
  const count = useOpenCount(zone)?.count;
  return (
    <Link
      to="/inventory/$zone/count"
      params={{ zone }}
      className="control inline-flex items-center gap-2 rounded-lg border border-edge bg-surface px-3.5 text-[0.95rem] leading-tight font-medium hover:bg-sunken"
    >
      <ClipboardCheck aria-hidden className="size-4" />
      {t('inventory.count')}
      {count && (
        <span className="rounded-md bg-signal-wash px-1.5 text-sm font-semibold text-signal-ink">
          {t('count.under_way')}
        </span>
      )}
    </Link>
  );
}
