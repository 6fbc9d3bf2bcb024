import type { Order } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { orderName } from '../../i18n/order-name.ts';

export function OrderLink({ order }: { order: Order }) {
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order.id }}
      title={order.clientName}
      className="pointer-coarse:after:absolute pointer-coarse:after:inset-0 underline decoration-line underline-offset-2 hover:decoration-current"
    >
      {orderName(order.number)} · {order.clientName}
    </Link>
  );
}
