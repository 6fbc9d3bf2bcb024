import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/button.tsx';
import { MenuItem, menuPanel } from '../../ui/menu.tsx';
import { AdjustDialog } from './adjust-dialog.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import { ReorderPointDialog } from './reorder-point-dialog.tsx';
import type { StockRow } from './stock-row.ts';
import { TransferDialog } from './transfer-dialog.tsx';

const ACTIONS = ['receive', 'adjust', 'transfer', 'set_reorder_point'] as const;

const DIALOGS = {
  adjust: AdjustDialog,
  transfer: TransferDialog,
  set_reorder_point: ReorderPointDialog,
};

export function RowMenu({ level, product }: StockRow) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<(typeof ACTIONS)[number] | null>(null);
  const close = (): void => setOpen(null);
  const Dialog = open === null || open === 'receive' ? null : DIALOGS[open];
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <IconButton label={t('inventory.actions_of', { product: product.name })}>
            <EllipsisVertical aria-hidden className="size-4.5" />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" className={menuPanel}>
            {ACTIONS.map((action) => (
              <MenuItem key={action} onSelect={() => setOpen(action)}>
                {t(`inventory.${action}`)}
              </MenuItem>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {open === 'receive' && <ReceiveDialog product={product} zone={level.zone} onClose={close} />}
      {Dialog && <Dialog level={level} product={product} onClose={close} />}
    </>
  );
}
