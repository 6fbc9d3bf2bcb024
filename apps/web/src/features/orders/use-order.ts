import type { Order } from '@almenara/events';
import { useEffect, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { query } from '../../http/request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useTopicPart } from '../../realtime/index.ts';

type Found =
  | { readonly kind: 'loading' }
  | { readonly kind: 'found'; readonly order: Order }
  | { readonly kind: 'failed'; readonly message: string };

/** An order by id: live from the board, or asked for once where it was closed too long ago to be there. */
export function useOrder(orderId: string): Found {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const live = useTopicPart(
    'orders',
    ({ orders }) => orders.find((order) => order.id === orderId) ?? 'absent',
  );
  const [asked, setAsked] = useState<{ orderId: string; answer: Order | Problem } | null>(null);
  const absent = live === 'absent';
  useEffect(() => {
    if (!absent) return;
    const leaving = new AbortController();
    query('get_order', { orderId }, leaving.signal).then(
      ({ order }) => setAsked({ orderId, answer: order }),
      (error: unknown) => {
        if (error instanceof Problem) setAsked({ orderId, answer: error });
      },
    );
    return () => leaving.abort();
  }, [absent, orderId]);

  if (live !== null && live !== 'absent') return { kind: 'found', order: live };
  if (asked?.orderId !== orderId) return { kind: 'loading' };
  if (!(asked.answer instanceof Problem)) return { kind: 'found', order: asked.answer };
  return {
    kind: 'failed',
    message: problemText(asked.answer, { 400: t('order.missing'), 404: t('order.missing') }),
  };
}
