import type { Messages } from '../messages.ts';

export const palette = {
  palette: {
    open: 'Buscar o hacer algo (Ctrl K)',
    title: 'Buscar o hacer algo',
    field: 'Buscar páginas, pedidos, clientes, productos y acciones',
    hint: 'Pedido, cliente, producto…',
    results: 'Resultados',
    nothing: 'Nada coincide con «{{typed}}».',
    count_one: '{{count}} resultado',
    count_other: '{{count}} resultados',
    group: {
      page: 'Ir a',
      action: 'Acciones',
      order: 'Pedidos',
      client: 'Clientes',
      product: 'Productos',
    },
    search_here: 'Buscar en esta página',
    keys_title: 'Atajos de teclado',
    keys_text: 'Pulsa las teclas una tras otra. Mientras escribes no hacen nada.',
    keys_on: 'Atajos de una sola tecla',
  },
  news: {
    orders_one: '{{count}} pedido ha cambiado',
    orders_other: '{{count}} pedidos han cambiado',
    stock_one: '{{count}} cambio de existencias',
    stock_other: '{{count}} cambios de existencias',
    catalogue_one: '{{count}} cambio en clientes o productos',
    catalogue_other: '{{count}} cambios en clientes o productos',
  },
} satisfies Partial<Messages>;
