import type { Order } from '@almenara/events';
import { clsx } from 'clsx';
import { useTranslation } from '../../../i18n/use-translation.ts';

interface OrderCheckboxProps {
  readonly order: Order;
  readonly selected: boolean;
  readonly onSelect: (orderId: string) => void;
  readonly className?: string;
}

/** Takes an order into the selection, or out of it. */
export function OrderCheckbox({ order, selected, onSelect, className }: OrderCheckboxProps) {
  const { t } = useTranslation();
  return (
    <label className={clsx('control-square grid cursor-pointer place-items-center', className)}>
      <input
        type="checkbox"
        checked={selected}
        onChange={() => onSelect(order.id)}
        aria-label={t('orders.select', { number: order.number })}
        className="size-4.5 accent-[var(--action)]"
      />
    </label>
  );
}
