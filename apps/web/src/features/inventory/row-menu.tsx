import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { iconButton } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import type { StockRow } from './stock-row.ts';

const AdjustDialog = lazyPart(async () => (await import('./adjust-dialog.tsx')).AdjustDialog);
const ReceiveDialog = lazyPart(async () => (await import('./receive-dialog.tsx')).ReceiveDialog);
const ReorderPointDialog = lazyPart(
  async () => (await import('./reorder-point-dialog.tsx')).ReorderPointDialog,
);
const TransferDialog = lazyPart(async () => (await import('./transfer-dialog.tsx')).TransferDialog);

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
      <MenuButton
        label={t('inventory.actions_of', { product: product.name })}
        className={iconButton}
        entries={ACTIONS.map((action) => ({
          kind: 'action',
          id: action,
          label: t(`inventory.${action}`),
          onSelect: () => setOpen(action),
        }))}
      >
        <EllipsisVertical aria-hidden className="size-4.5" />
      </MenuButton>
      {open === 'receive' && <ReceiveDialog product={product} zone={level.zone} onClose={close} />}
      {Dialog && <Dialog level={level} product={product} onClose={close} />}
    </>
  );
}
