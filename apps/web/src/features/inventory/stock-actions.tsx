import type { Zone } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { ClipboardCheck, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useZones } from '../../catalogue/use-stock.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { Button, buttonLook, IconButton } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { useOpenCount } from './count/use-open-count.ts';

const ProductDialog = lazyPart(async () => (await import('./product-dialog.tsx')).ProductDialog);
const ReceiveDialog = lazyPart(async () => (await import('./receive-dialog.tsx')).ReceiveDialog);
const ZoneDialog = lazyPart(async () => (await import('./zone-dialog.tsx')).ZoneDialog);
const ZoneRenameDialog = lazyPart(async () => (await import('./zone-rename-dialog.tsx')).ZoneRenameDialog);

const NEW = ['new_product', 'new_zone'] as const;
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
      <MenuButton
        label={t('inventory.new')}
        className={buttonLook('secondary')}
        entries={NEW.map((what) => ({
          kind: 'action',
          id: what,
          label: t(`inventory.${what}`),
          onSelect: () => setOpen(what),
        }))}
      >
        <Plus aria-hidden className="size-4" />
        {t('inventory.new')}
      </MenuButton>
      {zone && <CountLink zone={zone.code} />}
      {hasZones && (
        <Button look="primary" onClick={() => setOpen('receive')}>
          {t('inventory.receive')}
        </Button>
      )}
      {open === 'receive' && <ReceiveDialog product={null} zone={zone?.code ?? null} onClose={close} />}
      {open === 'rename' && zone && <ZoneRenameDialog zone={zone} onClose={close} />}
      {open === 'new_zone' && <ZoneDialog onClose={close} />}
      {open === 'new_product' && <ProductDialog onClose={close} />}
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
          {t('inventory.counting')}
        </span>
      )}
    </Link>
  );
}
