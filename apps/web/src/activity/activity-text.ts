import { available, type EnvelopeOf, type Order } from '@almenara/events';
import type { Formats } from '../i18n/format.ts';
import type { Translate } from '../i18n/texts.ts';
import type { ToldEnvelope } from './activity-kinds.ts';

/** What telling takes. */
export interface Teller {
  readonly t: Translate;
  readonly formats: Formats;
  readonly productName: (id: string) => string;
}

/** One line that tells an event. */
export function activityText(teller: Teller, envelope: ToldEnvelope): string {
  const { t, formats, productName } = teller;
  switch (envelope.type) {
    case 'order_created':
      return t(envelope.data.order.backOrderOf ? 'activity.back_order' : 'activity.order_created', {
        client: envelope.data.order.clientName,
        number: envelope.data.order.number,
      });
    case 'order_updated': {
      const { order, filled } = envelope.data;
      if (!filled?.length) return t('activity.order_updated', { number: order.number });
      return t(order.status === 'packed' ? 'activity.filled_packed' : 'activity.filled', {
        number: order.number,
        goods: filled
          .map(
            ({ productId, quantity }) =>
              `${formats.number(quantity)} × ${nameIn(order, productId) ?? productName(productId)}`,
          )
          .join(', '),
      });
    }
    case 'order_status_changed':
      return t('activity.order_status_changed', {
        number: envelope.data.order.number,
        status: t(`status.${envelope.data.to}`),
      });
    case 'shortage_reported': {
      const { order, productId, missing } = envelope.data;
      const name = nameIn(order, productId) ?? productName(productId);
      return t('activity.shortage_reported', {
        number: order.number,
        missing: formats.number(missing),
        product: name,
      });
    }
    case 'return_recorded':
      return t('activity.return_recorded', { client: envelope.data.return.clientName });
    case 'client_created':
    case 'client_updated':
    case 'client_archived':
      return t(`activity.${envelope.type}`, { name: envelope.data.client.name });
    case 'client_merged': {
      const { client, merged } = envelope.data;
      return t('activity.client_merged', { name: client.name, merged: merged.name });
    }
    case 'product_created':
    case 'product_updated':
      return t(`activity.${envelope.type}`, { name: envelope.data.product.name });
    case 'zone_created':
    case 'zone_updated':
      return t(`activity.${envelope.type}`, { code: envelope.data.zone.code, name: envelope.data.zone.name });
    case 'count_started':
    case 'count_finished':
    case 'count_cancelled':
      return t(`activity.${envelope.type}`, { zone: envelope.data.count.zone });
    case 'count_recorded':
      return t('activity.count_recorded', { product: productName(envelope.data.productId) });
    case 'zone_counted':
      return t('activity.zone_counted', { zone: envelope.data.zone });
    case 'stock_low':
    case 'stock_recovered': {
      const { level } = envelope.data;
      return t(`activity.${envelope.type}`, {
        product: productName(level.productId),
        zone: level.zone,
        available: formats.number(available(level)),
      });
    }
    case 'company_updated':
      return t('activity.company_updated', { name: envelope.data.company.name });
    case 'inventory_updated':
      return movementText(teller, envelope.data);
  }
}

const nameIn = (order: Order, productId: string): string | undefined =>
  order.lines.find((line) => line.productId === productId)?.name;

type Moved = EnvelopeOf<'inventory_updated'>['data'];

function movementText({ t, formats, productName }: Teller, { level, movement }: Moved): string {
  const product = productName(level.productId);
  const { zone } = level;
  switch (movement.kind) {
    case 'receipt':
    case 'transfer_in':
    case 'return':
      return t(movement.kind === 'receipt' ? 'activity.receipt' : 'activity.transfer_in', {
        zone,
        product,
        quantity: formats.number(movement.onHandDelta),
      });
    case 'sale':
    case 'shortage':
      return t(`activity.${movement.kind}`, {
        zone,
        product,
        quantity: formats.number(Math.abs(movement.onHandDelta)),
      });
    case 'count':
      return t('activity.count', { zone, product, quantity: formats.signed(movement.onHandDelta) });
    default:
      return t('activity.adjustment', { zone, product, quantity: formats.signed(movement.onHandDelta) });
  }
}
