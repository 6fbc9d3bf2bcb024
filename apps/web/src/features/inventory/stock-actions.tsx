import type { Zone } from '@almenara/events';
import { Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useZones } from '../../catalogue/use-stock.ts';
import { useCanWrite } from '../../people/me.ts';
import { Button } from '../../ui/button.tsx';
import { MenuItem, menuPanel } from '../../ui/menu.tsx';
import { CountDialog } from './count-dialog.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import { ZoneDialog } from './zone-dialog.tsx';

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
