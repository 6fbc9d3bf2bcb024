import type { shared as english } from '../en/shared.ts';
import type { TextsOf } from '../messages.ts';

export const shared: TextsOf<typeof english> = {
  clients: { new: 'Nuevo cliente' },
  inventory: { actions: 'Acciones', receive: 'Dar entrada', product: 'Producto' },
  orders: {
    new: 'Nuevo pedido',
    more: 'Ver {{count}} más',
    number: 'Pedido {{number, order}}',
    numbered: 'n.º {{number}}',
    unnumbered: '(nuevo)',
    unassigned: 'Nadie',
  },
  order: {
    to_status: {
      placed: 'Recibir',
      picking: 'Empezar a preparar',
      packed: 'Marcar como embalado',
      shipped: 'Enviar',
      delivered: 'Marcar como entregado',
      cancelled: 'Cancelar pedido',
    },
    moved: 'Pedido {{number, order}}: {{status}}',
    moved_in_two: 'Pedido {{number, order}} enviado; lo que falta queda en el pedido {{other, order}}',
    back_to: 'Volver a: {{status}}',
  },
  new_order: {
    product_hint: 'SKU, nombre o código de barras',
    no_product: 'Ningún producto coincide.',
    unknown_code: 'Ningún producto tiene el código {{code}}.',
    code_unsure: 'No se ha podido buscar el código {{code}}: no hay conexión. Prueba cuando vuelva.',
    available_one: '{{count}} disponible',
    available_other: '{{count}} disponibles',
    not_stocked: 'sin existencias propias',
  },
  views: { saved: 'Vista «{{name}}» guardada', deleted: 'Vista eliminada' },
};
