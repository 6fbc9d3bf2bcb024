import type { QueuedCommand } from '@almenara/client/queue';
import { useFormats } from '../../i18n/format.ts';
import { orderName, UNNUMBERED } from '../../i18n/order-name.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { usePeople } from '../../people/people.tsx';
import { pendingClientName, pendingInput, useRealtime } from '../../realtime/index.ts';

/** One line that tells what a queued command is to do. */
export function useCommandText(): (command: QueuedCommand) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = usePeople();
  const { topics, queued } = useRealtime();

  const order = (id: string): string => {
    const found = topics.state('orders').view?.orders.find((one) => one.id === id);
    return orderName(found?.number ?? UNNUMBERED);
  };
  const client = (id: string): string =>
    topics.state('clients').view?.clients.find((one) => one.id === id)?.name ??
    // A client that a queued command was to add has its name only there.
    pendingClientName(queued.getState(), id) ??
    '…';
  const product = (id: string): string =>
    topics.state('products').view?.products.find((one) => one.id === id)?.name ?? '…';

  return (command) => {
    const placed = pendingInput(command, 'place_order');
    if (placed) return t('command.place_order', { client: client(placed.clientId) });
    const edited = pendingInput(command, 'edit_order');
    if (edited) return t('command.edit_order', { order: order(edited.orderId) });
    const moved = pendingInput(command, 'change_order_status');
    if (moved) {
      const text = { cancel: 'ship_and_cancel', back_order: 'ship_in_two' } as const;
      return t(`command.${moved.missing ? text[moved.missing] : 'change_order_status'}`, {
        order: order(moved.orderId),
        status: t(`status.${moved.status}`),
      });
    }
    const reserved = pendingInput(command, 'reserve_order');
    if (reserved) return t('command.reserve_order', { order: order(reserved.orderId) });
    const assigned = pendingInput(command, 'assign_order');
    if (assigned) {
      const name = people.find(({ id }) => id === assigned.userId)?.name ?? t('orders.unassigned');
      return t('command.assign_order', { order: order(assigned.orderId), person: name });
    }
    const short = pendingInput(command, 'report_shortage');
    if (short) {
      return t('command.report_shortage', {
        product: product(short.productId),
        order: order(short.orderId),
      });
    }
    const returned = pendingInput(command, 'record_return');
    if (returned) return t('command.record_return', { client: client(returned.clientId) });
    const received = pendingInput(command, 'receive_stock');
    if (received) {
      return t('command.receive_stock', {
        quantity: formats.number(received.quantity),
        product: product(received.productId),
        zone: received.zone,
      });
    }
    const adjusted = pendingInput(command, 'adjust_stock');
    if (adjusted) {
      return t('command.adjust_stock', {
        quantity: formats.signed(adjusted.delta),
        product: product(adjusted.productId),
        zone: adjusted.zone,
      });
    }
    const transferred = pendingInput(command, 'transfer_stock');
    if (transferred) {
      return t('command.transfer_stock', {
        quantity: formats.number(transferred.quantity),
        product: product(transferred.productId),
        zone: transferred.from,
        to: transferred.to,
      });
    }
    const point = pendingInput(command, 'set_reorder_point');
    if (point) {
      return t('command.set_reorder_point', {
        quantity: formats.number(point.reorderPoint),
        product: product(point.productId),
        zone: point.zone,
      });
    }
    const counted = pendingInput(command, 'count_zone');
    if (counted) return t('command.count_zone', { zone: counted.zone });
    const created = pendingInput(command, 'create_client') ?? pendingInput(command, 'create_product');
    if (created) return t(`command.${command.name}`, { name: created.name, defaultValue: created.name });
    const zone = pendingInput(command, 'create_zone');
    if (zone) return t('command.create_zone', { name: zone.code });
    const changed = pendingInput(command, 'update_client') ?? pendingInput(command, 'archive_client');
    if (changed) {
      return t(command.name === 'archive_client' ? 'command.archive_client' : 'command.update_client', {
        client: client(changed.clientId),
      });
    }
    const renamed = pendingInput(command, 'update_product');
    if (renamed) return t('command.update_product', { product: product(renamed.productId) });
    return t('command.other', { name: command.name });
  };
}
