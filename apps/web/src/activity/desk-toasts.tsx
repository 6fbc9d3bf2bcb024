import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { withTexts } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { useMe } from '../people/me.ts';
import { toastLimit, useRealtime, useWebSocket } from '../realtime/index.ts';
import { toast } from '../ui/toast.ts';
import type { ToldEnvelope } from './activity-kinds.ts';
import { useTeller } from './use-teller.ts';

/** Comes with the first toast, as the toaster does. */
const loadText = withTexts(['activity'], async () => (await import('./activity-text.ts')).activityText);

const SUMMARY = 'more-changes';
/** How often the toast that counts what is not shown may change, in ms: each time sonner measures all toasts. */
const SUMMARY_MS = 1000;

/**
 * Toasts for what others do and for what needs somebody. The user's own commands tell their result in the form
 * or dialog they were given in.
 */
export function DeskToasts(): null {
  const { t } = useTranslation();
  const { id: me } = useMe();
  const navigate = useNavigate();
  const teller = useTeller();
  const [limit] = useState(toastLimit);
  const { speaks } = useRealtime();
  const summary = useSummary();

  const show = (
    envelope: ToldEnvelope,
    tone: 'warning' | 'info',
    orderId: string | null,
    own = false,
  ): void => {
    if ((envelope.userId === me && !own) || !speaks.getState()) return;
    const verdict = limit(Date.now());
    if (verdict.kind === 'fold') return summary(verdict.hidden);
    const open = {
      label: t('toast.open'),
      onClick: () => void navigate({ to: '/orders/$orderId', params: { orderId: orderId ?? '' } }),
    };
    loadText().then(
      (textOf) =>
        toast[tone](textOf(teller, envelope), { id: envelope.id, ...(orderId !== null && { action: open }) }),
      () => {
        // The code that words the toast could not be loaded. What changed is on the screen all the same.
      },
    );
  };

  useWebSocket('order_created', (envelope) => show(envelope, 'info', envelope.data.order.id));
  useWebSocket('shortage_reported', (envelope) => show(envelope, 'warning', envelope.data.order.id));
  useWebSocket('order_updated', (envelope) => {
    const { filled, order } = envelope.data;
    // Shown to whoever received the goods, too: the order is packed already, and somebody has to open the
    // parcel again.
    if (filled?.length && order.status === 'packed') show(envelope, 'warning', order.id, true);
  });
  useWebSocket('stock_low', (envelope) => show(envelope, 'warning', null));
  useWebSocket('order_status_changed', (envelope) => {
    if (envelope.data.to === 'cancelled') show(envelope, 'info', envelope.data.order.id);
  });
  return null;
}

/** Tells how many toasts are not shown: the first at once, those of a burst as one number. */
function useSummary(): (hidden: number) => void {
  const { t } = useTranslation();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(0);
  const tell = useEffectEvent((): void => {
    toast.info(t('toast.more', { count: latest.current }), {
      id: SUMMARY,
      description: t('toast.more_hint'),
    });
  });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return (hidden) => {
    latest.current = hidden;
    if (timer.current !== null) return;
    tell();
    timer.current = setTimeout(() => {
      timer.current = null;
      if (latest.current !== hidden) tell();
    }, SUMMARY_MS);
  };
}
