import type { Order, TopicView } from '@almenara/events';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RowText } from '../../ui/steady-list.tsx';
import { isShort } from '../orders/index.ts';
import { AttentionCard } from './attention-card.tsx';
import { Oldest } from './oldest.tsx';
import { OrderLink } from './order-link.tsx';
import { ReceiveButton } from './receive-button.tsx';

export function Shortages({ view }: { view: TopicView<'orders'> | null }) {
  const { t } = useTranslation();
  return (
    <Oldest view={view} rules={SHORT}>
      {(short) => (
        <AttentionCard
          title={t('overview.shortages')}
          tone="bad"
          items={short?.orders ?? null}
          total={short?.count}
          heldOnly={short?.heldOnly}
          keyOf={(order) => order.id}
          fine={t('overview.shortages_none')}
          all="/orders"
        >
          {(order) => <ShortRow order={order} />}
        </AttentionCard>
      )}
    </Oldest>
  );
}

const SHORT = { short: true, fits: isShort } as const;

function ShortRow({ order }: { order: Order }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const lines = order.lines.filter((line) => line.short > 0);
  const [first] = lines;
  // An order with many lines is here without them: which goods are missing shows when it is opened.
  if (!first) {
    const detail = t('overview.lines_short', { count: order.shortLines ?? 0 });
    return <RowText title={<OrderLink order={order} />} detail={detail} />;
  }
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
