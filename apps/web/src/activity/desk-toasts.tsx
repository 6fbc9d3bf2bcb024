import type { Envelope } from '@almenara/events';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useMe } from '../people/me.ts';
import { toastLimit, useRealtime, useWebSocket } from '../realtime/index.ts';
import { toast } from '../ui/toast.ts';
import { useActivityText } from './use-activity-text.ts';

const SUMMARY = 'more-changes';

/** Tells of what others do and what needs someone. One's own commands have told their result where they were given. */
export function DeskToasts(): null {
  const { t } = useTranslation();
  const { id: me } = useMe();
  const navigate = useNavigate();
  const textOf = useActivityText();
  const [limit] = useState(toastLimit);
  const { speaks } = useRealtime();

  const show = (envelope: Envelope, tone: 'warning' | 'info', orderId: string | null): void => {
    if (envelope.userId === me || !speaks.getState()) return;
    const verdict = limit(Date.now());
    if (verdict.kind === 'fold') {
      toast.info(t('toast.more', { count: verdict.hidden }), {
        id: SUMMARY,
        description: t('toast.more_hint'),
      });
      return;
    }
    const open = {
      label: t('toast.open'),
      onClick: () => void navigate({ to: '/orders/$orderId', params: { orderId: orderId ?? '' } }),
    };
    toast[tone](textOf(envelope), { id: envelope.id, ...(orderId !== null && { action: open }) });
  };

  useWebSocket('order_created', (envelope) => show(envelope, 'info', envelope.data.order.id));
  useWebSocket('shortage_reported', (envelope) => show(envelope, 'warning', envelope.data.order.id));
  useWebSocket('stock_low', (envelope) => show(envelope, 'warning', null));
  useWebSocket('order_status_changed', (envelope) => {
    if (envelope.data.to === 'cancelled') show(envelope, 'info', envelope.data.order.id);
  });
  return null;
}
