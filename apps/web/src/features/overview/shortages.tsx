import type { Order, OrderLine } from '@almenara/events';
import { useMemo } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RowText } from '../../ui/steady-list.tsx';
import { shortOrders } from './attention.ts';
import { AttentionCard } from './attention-card.tsx';
import { OrderLink } from './order-link.tsx';
import { ReceiveButton } from './receive-button.tsx';

export function Shortages({ orders }: { orders: readonly Order[] | null }) {
  const { t } = useTranslation();
  const short = useMemo(() => orders && shortOrders(orders), [orders]);
  return (
    <AttentionCard
      title={t('overview.shortages')}
      tone="bad"
      items={short}
      keyOf={(order) => order.id}
      fine={t('overview.shortages_none')}
      all="/orders"
    >
      {(order) => <ShortRow order={order} lines={order.lines.filter((line) => line.short > 0)} />}
    </AttentionCard>
  );
}

function ShortRow({ order, lines }: { order: Order; lines: readonly OrderLine[] }) {
  const formats = useFormats();
  const [first] = lines;
  if (!first) return null;
  return (
    <>
      <RowText
        title={<OrderLink order={order} />}
        detail={lines.map((line) => `${formats.number(line.short)} × ${line.name}`).join(', ')}
      />
      <ReceiveButton productId={first.productId} zone={first.allocations[0]?.zone ?? null} />
    </>
  );
}
