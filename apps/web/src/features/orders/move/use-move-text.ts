import { isStepBack, type Order, type OrderStatus } from '@almenara/events';
import { useTranslation } from '../../../i18n/use-translation.ts';

/** What a button says that moves an order: the step on by what is done, the step back by where it leads. */
export function useMoveText(): (order: Order, to: OrderStatus) => string {
  const { t } = useTranslation();
  return ({ status }, to) =>
    isStepBack(status, to) ? t('order.back_to', { status: t(`status.${to}`) }) : t(`order.to_status.${to}`);
}
