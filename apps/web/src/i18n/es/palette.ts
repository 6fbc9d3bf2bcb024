import type { palette as english } from '../en/palette.ts';
import type { TextsOf } from '../messages.ts';

export const palette: TextsOf<typeof english> = {
  palette: {
    open: 'Buscar y hacer (Ctrl K)',
    title: 'Buscar y hacer',
    field: 'Buscar páginas, pedidos, clientes, productos y acciones',
    hint: 'N.º de pedido, cliente, referencia, código de barras, acción…',
    results: 'Resultados',
    nothing: 'Nada coincide con «{{typed}}».',
    count_one: '{{count}} resultado',
    count_other: '{{count}} resultados',
    group: { page: 'Ir a', action: 'Hacer', order: 'Pedidos', client: 'Clientes', product: 'Productos' },
    search_here: 'Buscar en esta página',
    keys_title: 'Atajos de teclado',
    keys_text: 'Pulsa las teclas una tras otra. Mientras escribes no hacen nada.',
    keys_on: 'Atajos de una sola tecla',
  },
};
