import type { news as english } from '../en/news.ts';
import type { TextsOf } from '../messages.ts';

export const news: TextsOf<typeof english> = {
  news: {
    orders_one: '{{count}} pedido ha cambiado',
    orders_other: '{{count}} pedidos han cambiado',
    stock_one: '{{count}} cambio de existencias',
    stock_other: '{{count}} cambios de existencias',
    catalogue_one: '{{count}} cambio en clientes o productos',
    catalogue_other: '{{count}} cambios en clientes o productos',
  },
};
