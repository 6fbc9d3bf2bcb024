import type { Zone } from '@almenara/events';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useZones } from '../../catalogue/use-stock.ts';
import { useCanWrite } from '../../people/me.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';

const CountDialog = lazyPart(async () => (await import('./count-dialog.tsx')).CountDialog);
const ProductDialog = lazyPart(async () => (await import('./product-dialog.tsx')).ProductDialog);
const ReceiveDialog = lazyPart(async () => (await import('./receive-dialog.tsx')).ReceiveDialog);
const ZoneDialog = lazyPart(async () => (await import('./zone-dialog.tsx')).ZoneDialog);

const NEW = ['new_product', 'new_zone'] as const;
type Open = 'receive' | 'count' | 'new_zone' | 'new_product';

/** What can be done on the page as a whole; nothing for who only looks. */
export function StockActions({ zone }: { zone: Zone | null }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const hasZones = (useZones()?.length ?? 0) > 0;
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  if (!canWrite) return null;
  return (
    <>
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
      {zone && <Button onClick={() => setOpen('count')}>{t('inventory.count')}</Button>}
      {hasZones && (
        <Button look="primary" onClick={() => setOpen('receive')}>
          {t('inventory.receive')}
        </Button>
      )}
      {open === 'receive' && <ReceiveDialog product={null} zone={zone?.code ?? null} onClose={close} />}
      {open === 'count' && zone && <CountDialog zone={zone.code} onClose={close} />}
      {open === 'new_zone' && <ZoneDialog onClose={close} />}
      {open === 'new_product' && <ProductDialog onClose={close} />}
    </>
  );
}
