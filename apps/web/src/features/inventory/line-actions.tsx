import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { MenuItem, menuPanel } from '../../ui/menu.tsx';
import { useStockTask } from './stock-dialogs.tsx';
import type { StockPlace } from './stock-row.ts';

const ACTIONS = ['receive', 'adjust', 'transfer', 'set_reorder_point'] as const;

/** What can be done about one level. */
export const LineActions = memo(function LineActions({
  place: { product, zone },
  low,
}: {
  place: StockPlace;
  low: boolean;
}) {
  const { t } = useTranslation();
  const begin = useStockTask();
  const navigate = useNavigate();
  return (
    <span className="flex items-center justify-end gap-1">
      {low && (
        <Button
          className="max-md:hidden"
          aria-label={t('inventory.receive_of', { product: product.name })}
          onClick={() => begin({ action: 'receive', product, zone })}
        >
          {t('inventory.receive')}
        </Button>
      )}
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <IconButton label={t('inventory.actions_of', { product: product.name })}>
            <EllipsisVertical aria-hidden className="size-4.5" />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" className={menuPanel}>
            {ACTIONS.map((action) => (
              <MenuItem key={action} onSelect={() => begin({ action, product, zone })}>
                {t(`inventory.${action}`)}
              </MenuItem>
            ))}
            <MenuItem
              onSelect={() =>
                void navigate({
                  to: '/inventory/product/$productId',
                  params: { productId: product.id },
                  search: {},
                })
              }
            >
              {t('inventory.ledger')}
            </MenuItem>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </span>
  );
});
