import { type Missing, NEXT_STATUS, type Order, type TopicView } from '@almenara/events';
import { useMemo, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { useCommand } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { RowText } from '../../ui/steady-list.tsx';
import { toast } from '../../ui/toast.ts';
import { asksAbout, MissingDialog } from '../orders/index.ts';
import { AttentionCard } from './attention-card.tsx';
import { Oldest } from './oldest.tsx';
import { OrderLink } from './order-link.tsx';
import { useLateAfterHours } from './use-late-after-hours.ts';
import { useNow } from './use-now.ts';

const HOUR = 3_600_000;

export function LateOrders({ view }: { view: TopicView<'orders'> | null }) {
  const { t } = useTranslation();
  const now = useNow();
  const afterHours = useLateAfterHours();
  const before = new Date(now - afterHours * HOUR).toISOString();
  const rules = useMemo(() => ({ before, fits: ({ createdAt }: Order) => createdAt < before }), [before]);
  return (
    <Oldest view={view} rules={rules}>
      {(late) => (
        <AttentionCard
          title={t('overview.late')}
          tone="bad"
          items={late?.orders ?? null}
          total={late?.count}
          heldOnly={late?.heldOnly}
          keyOf={(order) => order.id}
          fine={t('overview.late_none', { count: afterHours })}
          all="/orders"
        >
          {(order) => <LateRow order={order} now={now} />}
        </AttentionCard>
      )}
    </Oldest>
  );
}

function LateRow({ order, now }: { order: Order; now: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const hours = Math.floor((now - Date.parse(order.createdAt)) / HOUR);
  return (
    <>
      <RowText
        title={<OrderLink order={order} />}
        detail={`${t(`status.${order.status}`)} · ${t('overview.open_for', { time: formats.hours(hours) })}`}
      />
      <NextStep order={order} />
    </>
  );
}

/** The step that follows, without leaving the page. */
function NextStep({ order }: { order: Order }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const change = useCommand('change_order_status');
  const [asking, setAsking] = useState(false);
  const next = NEXT_STATUS[order.status].find((status) => status !== 'cancelled');
  if (!canWrite || next === undefined) return null;
  const move = async (now: Order, missing?: Missing): Promise<void> => {
    const { id: orderId, version: expectedVersion, number } = now;
    const result = await change.run({ orderId, status: next, expectedVersion, ...(missing && { missing }) });
    setAsking(false);
    if (result?.kind === 'done') {
      const { backOrder } = result.output;
      toast.success(
        backOrder
          ? t('order.moved_in_two', { number, other: backOrder.number })
          : t('order.moved', { number, status: t(`status.${next}`) }),
      );
    }
    if (result === null) toast.error(t('overview.not_moved', { number }));
  };
  return (
    <>
      <Button
        className="shrink-0"
        pending={change.pending}
        aria-label={t('overview.step_of', { step: t(`order.to_status.${next}`), number: order.number })}
        onClick={() => (asksAbout(order, next) ? setAsking(true) : void move(order))}
      >
        {t(`order.to_status.${next}`)}
      </Button>
      {asking && (next === 'packed' || next === 'shipped') && (
        <MissingDialog
          order={order}
          to={next}
          pending={change.pending}
          onGo={(now, missing) => void move(now, missing)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
