import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button, iconButton } from '../../ui/button.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
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
          className="max-[69rem]:hidden"
          aria-label={t('inventory.receive_of', { product: product.name })}
          onClick={() => begin({ action: 'receive', product, zone })}
        >
          {t('inventory.receive')}
        </Button>
      )}
      <MenuButton
        label={t('inventory.actions_of', { product: product.name })}
        className={iconButton}
        entries={[
          ...ACTIONS.map((action) => ({
            kind: 'action' as const,
            id: action,
            label: t(`inventory.${action}`),
            onSelect: () => begin({ action, product, zone }),
          })),
          {
            kind: 'action',
            id: 'ledger',
            label: t('inventory.ledger'),
            onSelect: () =>
              void navigate({
                to: '/products/$productId',
                params: { productId: product.id },
                search: {},
              }),
          },
        ]}
      >
        <EllipsisVertical aria-hidden className="size-4.5" />
      </MenuButton>
    </span>
  );
});
