import type { Order } from '@almenara/events';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useProblemText } from '../../../http/problem-text.ts';
import { query } from '../../../http/request.ts';
import { useHttpQuery } from '../../../http/use-http-query.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useRealtime, useTopicPart } from '../../../realtime/index.ts';
import { isWithoutLines } from './missing.ts';
import { useWholeOrders } from './whole-orders.ts';

type Found =
  | { readonly kind: 'loading' }
  | { readonly kind: 'found'; readonly order: Order }
  | { readonly kind: 'failed'; readonly message: string };

/** An order by id with all its lines: live, and asked for where the window does not hold it whole. */
export function useOrder(orderId: string): Found {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const connection = useStore(useRealtime().session, (session) => session?.connectionId);
  const live = useTopicPart(
    'orders',
    ({ orders }) => orders.find((order) => order.id === orderId) ?? 'absent',
  );
  const { of, learn, isPending } = useWholeOrders([orderId]);
  const order = live === null ? undefined : of(orderId, live === 'absent' ? undefined : live);
  const held = live === null || live === 'absent' || isWithoutLines(live) ? null : live;
  // Other orders may push this one out of the window: remembered, it stays for whoever has it open.
  useEffect(() => {
    if (held && !isPending(orderId)) learn([held]);
  }, [held, orderId]);
  const asked = useHttpQuery(
    orderId,
    async (signal) => learn([(await query('get_order', { orderId }, signal)).order]),
    // Asked for again after each new connection, as events may have been missed.
    { on: live !== null && held === null, again: connection },
  );

  if (order) return { kind: 'found', order };
  if (asked.error === null) return { kind: 'loading' };
  return {
    kind: 'failed',
    message: problemText(asked.error, { 400: t('order.missing'), 404: t('order.missing') }),
  };
}
