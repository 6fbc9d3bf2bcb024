import type { palette as english } from '../en/palette.ts';
import type { TextsOf } from '../messages.ts';

export const palette: TextsOf<typeof english> = {
  palette: {
    open: 'Buscar o hacer algo (Ctrl K)',
    title: 'Buscar o hacer algo',
    field: 'Buscar páginas, pedidos, clientes, productos y acciones',
    hint: 'Pedido, cliente, producto…',
    results: 'Resultados',
    nothing: 'Nada coincide con «{{typed}}».',
    count_one: '{{count}} resultado',
    count_other: '{{count}} resultados',
    group: { page: 'Ir a', action: 'Acciones', order: 'Pedidos', client: 'Clientes', product: 'Productos' },
    search_here: 'Buscar en esta página',
    keys_title: 'Atajos de teclado',
    keys_text: 'Pulsa las teclas una tras otra. Mientras escribes no hacen nada.',
    keys_on: 'Atajos de una sola tecla',
  },
};
